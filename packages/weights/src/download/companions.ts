import { EfficientNetError } from "@efficientnet/errors";

const MAX_COMPANIONS = 4096;
const NAME_LENGTH = 255;

/** True for the name of a file that may say which others belong to it. */
export const mayHaveCompanions = (name: string): boolean => /\.(json|index)$/.test(name);

/**
 * Names of the files that belong to a main file, beside it: the shards of a TensorFlow checkpoint's `.index`, of a
 * `.safetensors.index.json`, of TensorFlow.js's `model.json`. Other files have none.
 *
 * @throws `wrong-file` when the main file is damaged, or names a file elsewhere.
 */
export async function companionsOf(name: string, bytes: Uint8Array): Promise<readonly string[]> {
  const names = name.endsWith(".index")
    ? await tensorFlowShards(name, bytes)
    : name.endsWith(".json")
      ? listed(bytes)
      : [];
  const wrong = names.findIndex((companion) => !isPlainName(companion) || companion === name);
  if (wrong < 0 && names.length <= MAX_COMPANIONS) return names.map(String);
  throw new EfficientNetError("wrong-file", `${name} names files that it cannot have`, {
    expected: `at most ${MAX_COMPANIONS} files beside it`,
    received: wrong < 0 ? `${names.length} files` : String(JSON.stringify(names[wrong])).slice(0, 200),
  });
}

/** A name that stays in its folder, on every system. */
function isPlainName(name: unknown): boolean {
  return typeof name === "string" && name.length <= NAME_LENGTH && /^[^/\\:\0]+$/.test(name) && !/^\.+$/.test(name);
}

/** `{ weight_map: { tensor: file } }`, or TensorFlow.js's `{ weightsManifest: [{ paths: [file] }] }`. */
function listed(bytes: Uint8Array): readonly unknown[] {
  const { weight_map: map, weightsManifest: groups } = parseJson(bytes);
  const names = [
    ...(isRecord(map) ? Object.values(map) : []),
    ...(Array.isArray(groups) ? groups.flatMap((group: unknown) => (isRecord(group) ? group.paths : [])) : []),
  ];
  return [...new Set(names)];
}

function parseJson(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isRecord(value) ? value : {};
  } catch {
    // What is wrong with it is for the reader to explain.
    return {};
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `x.index` says in how many shards `x.data-00000-of-00002` the data is. */
async function tensorFlowShards(name: string, bytes: Uint8Array): Promise<readonly string[]> {
  const [{ readTable }, { parseBundleHeader }] = await Promise.all([
    import("../tensorflow/read-table.js"),
    import("../tensorflow/bundle-entry.js"),
  ]);
  const header = readTable(bytes)[0];
  const count = header?.key === "" ? parseBundleHeader(header.value) : 0;
  const digits = (n: number) => String(n).padStart(5, "0");
  const shard = (n: number) => `${name.replace(/\.index$/, "")}.data-${digits(n)}-of-${digits(count)}`;
  return Array.from({ length: Math.min(count, MAX_COMPANIONS + 1) }, (_, n) => shard(n));
}
