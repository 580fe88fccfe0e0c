import { EfficientNetError } from "@efficientnet/errors";

const MAX_COMPANIONS = 4096;

interface CompanionRule {
  readonly applies: (name: string) => boolean;
  /** Names beside the main file, from its name and content. */
  readonly list: (name: string, bytes: Uint8Array) => readonly string[] | Promise<readonly string[]>;
}

const RULES: readonly CompanionRule[] = [
  // Sharded safetensors and PyTorch files: { weight_map: { tensor: file } }.
  {
    applies: (name) => name.endsWith(".index.json"),
    list: (name, bytes) => [...new Set(Object.values(member(name, bytes, "weight_map")).map(String))],
  },
  // TensorFlow.js: { weightsManifest: [{ paths: [file] }] }.
  {
    applies: (name) => name === "model.json",
    list: (name, bytes) => Object.values(member(name, bytes, "weightsManifest")).flatMap(pathsOf),
  },
  // TensorFlow: the index says in how many shards the data is.
  { applies: (name) => name.endsWith(".index"), list: tensorFlowShards },
];

/** True for the name of a file that says which others belong to it. */
export const hasCompanions = (name: string): boolean => RULES.some(({ applies }) => applies(name));

/**
 * Names of the files that belong to a main file, beside it.
 *
 * @throws `wrong-file` when the main file does not say, or names a file elsewhere.
 */
export async function companionsOf(name: string, bytes: Uint8Array): Promise<readonly string[]> {
  const rule = RULES.find(({ applies }) => applies(name));
  const names = rule === undefined ? [] : await rule.list(name, bytes);
  const wrong = names.find((companion) => !/^[\w][\w .+-]*$/.test(companion) || companion === name);
  if (wrong === undefined && names.length <= MAX_COMPANIONS) return names;
  throw new EfficientNetError("wrong-file", `${name} names files that it cannot have`, {
    expected: `at most ${MAX_COMPANIONS} files beside it`,
    received: wrong === undefined ? `${names.length} files` : JSON.stringify(wrong.slice(0, 200)),
  });
}

function member(name: string, bytes: Uint8Array, key: string): object {
  let value: unknown;
  try {
    value = (JSON.parse(new TextDecoder().decode(bytes)) as Readonly<Record<string, unknown>> | null)?.[key];
  } catch {
    value = undefined;
  }
  if (typeof value === "object" && value !== null) return value;
  throw new EfficientNetError("wrong-file", `${name} does not list the files that belong to it`, {
    expected: `JSON with ${key}`,
    received: new TextDecoder().decode(bytes.subarray(0, 60)),
  });
}

function pathsOf(group: unknown): readonly string[] {
  const paths = (group as { readonly paths?: unknown } | null)?.paths;
  return Array.isArray(paths) ? paths.map(String) : [];
}

async function tensorFlowShards(name: string, bytes: Uint8Array): Promise<readonly string[]> {
  const [{ readTable }, { parseBundleHeader }] = await Promise.all([
    import("../tensorflow/read-table.js"),
    import("../tensorflow/bundle-entry.js"),
  ]);
  const header = readTable(bytes)[0];
  const count = header?.key === "" ? parseBundleHeader(header.value) : 0;
  const digits = (n: number) => String(n).padStart(5, "0");
  const prefix = name.replace(/\.index$/, "");
  return Array.from(
    { length: Math.min(count, MAX_COMPANIONS + 1) },
    (_, shard) => `${prefix}.data-${digits(shard)}-of-${digits(count)}`,
  );
}
