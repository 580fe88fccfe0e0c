import { EfficientNetError } from "@efficientnet/errors";
import type { CheckpointFiles } from "@efficientnet/weights";

/** Where a checkpoint's files lie beside each other. */
export interface Folder {
  read(name: string): Promise<Uint8Array>;
  /** The names of all files, where the place can say. */
  list?(): Promise<readonly string[]>;
}

/** More files than any checkpoint is split into. */
const MAX_FILES = 10_000;

/**
 * A file, and where it is an index the files that it names: the shards of TensorFlow's `<name>.index`, of a
 * `model.safetensors.index.json`, of tfjs's `model.json`.
 *
 * @throws `wrong-file` for an index that names files elsewhere.
 */
export async function gatherFiles(name: string, folder: Folder): Promise<CheckpointFiles> {
  const main = await folder.read(name);
  const others = name.endsWith(".index") ? await tensorflowShards(name, folder) : filesNamedIn(main);
  if (others.length === 0) return main;
  const files = new Map([[name, main]]);
  for (const other of others) files.set(other, await folder.read(other));
  return files;
}

/** A place that cannot list its files is asked for the one shard that nearly every checkpoint has. */
async function tensorflowShards(index: string, folder: Folder): Promise<readonly string[]> {
  const shards = index.replace(/index$/, "data-");
  const names = (await folder.list?.()) ?? [`${shards}00000-of-00001`];
  return names.filter((name) => name.startsWith(shards)).slice(0, MAX_FILES);
}

/** Names in a JSON index; none for any other file. */
export function filesNamedIn(bytes: Uint8Array): readonly string[] {
  // The length field that begins a safetensors file may look like a brace, but has zeros after it.
  if (bytes[0] !== 0x7b || bytes.subarray(0, 8).includes(0)) return [];
  const { weight_map: shards, weightsManifest: groups } = parseJson(bytes);
  const names = [
    ...(isObject(shards) ? Object.values(shards) : []),
    ...(Array.isArray(groups) ? groups.flatMap((group) => (isObject(group) ? group.paths : [])) : []),
  ];
  const unique = [...new Set(names)];
  if (unique.length > MAX_FILES) {
    throw new EfficientNetError("wrong-file", `the index names ${unique.length} files`, {
      expected: `at most ${MAX_FILES}`,
    });
  }
  return unique.map(checkName);
}

/** Files lie beside their index: a path would let it read any file there is. */
function checkName(name: unknown): string {
  if (typeof name === "string" && name.length < 256 && /^[^/\\:\0]+$/.test(name) && !/^\.+$/.test(name)) return name;
  throw new EfficientNetError("wrong-file", `the index names the file ${JSON.stringify(name)?.slice(0, 100)}`, {
    expected: "names of files beside it",
  });
}

function parseJson(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isObject(value) ? value : {};
  } catch {
    // What else begins with a brace is for the reader to explain.
    return {};
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
