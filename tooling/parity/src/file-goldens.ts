import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isEfficientNetError } from "@efficientnet/errors";
import { readCheckpoint } from "@efficientnet/weights";
import { uniformArray, worstDifference } from "@efficientnet-tooling/testing";
import { type ArchDescription, specOfFile } from "./file-spec.js";
import { type Finding, type Golden, type GoldenKind, isRecord } from "./golden.js";
import type { Runner } from "./runner.js";

/** A checkpoint that a library wrote, and what it answers, holds, or must be refused for. */
interface FileEntry {
  readonly family: string;
  readonly arch?: ArchDescription;
  readonly input?: readonly [number, number, number, number];
  /** One row for each sample; null where only the rounding differs from another file of the same network. */
  readonly logits?: readonly (readonly number[])[] | null;
  /** Says that the file must be refused, and why. */
  readonly expect?: string;
  /** Single tensors with their first values. */
  readonly tensors?: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly values: readonly number[] }>
  >;
  /** What the library's model does with pixels before its first convolution. */
  readonly preprocessing?: string;
}

/** Small checkpoints written by the libraries themselves. */
export const fileGoldens: GoldenKind = (index, content) => {
  if (!isRecord(content)) return [];
  const entries = Object.entries(content).filter(
    (entry): entry is [string, FileEntry] => isRecord(entry[1]) && "family" in entry[1],
  );
  return entries.map(([name, entry]): Golden => {
    const files = () => readFiles(dirname(index), name);
    return {
      kind: "file",
      name,
      check: async (runner) => [{ name, ...(await checkFile(entry, entries, files(), runner)) }],
    };
  });
};

/** A file, or all the files that begin with its name, as the parts of a TensorFlow checkpoint do. */
function readFiles(folder: string, name: string): ReadonlyMap<string, Uint8Array> {
  const all = readdirSync(folder);
  const names = all.includes(name) ? [name] : all.filter((file) => file.startsWith(`${name}.`));
  return new Map(names.map((file) => [file, new Uint8Array(readFileSync(join(folder, file)))]));
}

async function checkFile(
  entry: FileEntry,
  entries: readonly (readonly [string, FileEntry])[],
  files: ReadonlyMap<string, Uint8Array>,
  runner: Runner,
): Promise<Omit<Finding, "name">> {
  if (entry.expect !== undefined) return checkRefusal(entry.expect, files);
  if (entry.arch === undefined) return checkTensors(entry, files);
  const { arch, input = [1, 0, 0, 3], family } = entry;
  const logits = entry.logits ?? entries.find(([, other]) => other.arch === arch && other.logits)?.[1].logits;
  if (!logits) throw new Error("no logits to compare with");
  const answers = await runner.logitsOfFile({
    spec: specOfFile(family, arch),
    files,
    input,
    pixels: goldenPixels(entry),
  });
  const expected = logits.flat();
  const mean = expected.reduce((sum, value) => sum + value, 0) / expected.length;
  const deviation = Math.sqrt(expected.reduce((sum, value) => sum + (value - mean) ** 2, 0) / expected.length);
  return { worst: worstDifference(answers, expected).worst / deviation, tolerance: await toleranceOf(files, runner) };
}

/** Uniform in [-1, 1), or what a Keras model makes of pixels `u * 127.5 + 127.5`. */
function goldenPixels({ input = [1, 0, 0, 3], preprocessing }: FileEntry): Float32Array {
  const [batch, height, width, channels] = input;
  const values = uniformArray(`input/${height}x${width}`, batch * height * width * channels);
  if (preprocessing === undefined) return values;
  const imagenet = /ImageNet/.test(preprocessing);
  const [mean, std] = imagenet
    ? [
        [0.485, 0.456, 0.406],
        [0.229, 0.224, 0.225],
      ]
    : [
        [0, 0, 0],
        [1, 1, 1],
      ];
  return values.map((value, i) => ((value + 1) / 2 - (mean[i % 3] ?? 0)) / (std[i % 3] ?? 1));
}

/** Half precision keeps 11 or 8 significant bits of each weight; their errors add up over a dozen layers. */
async function toleranceOf(files: ReadonlyMap<string, Uint8Array>, { backend }: Runner): Promise<number> {
  const { tensors } = await readCheckpoint(files);
  const dtypes = new Set([...tensors.values()].map(({ dtype }) => dtype));
  if (dtypes.has("BF16")) return 16 * 2 ** -8;
  if (dtypes.has("F16")) return 16 * 2 ** -11;
  return backend === "webgl" || backend === "webgpu" ? 1e-3 : 1e-4;
}

async function checkRefusal(expect: string, files: ReadonlyMap<string, Uint8Array>): Promise<Omit<Finding, "name">> {
  const [, global, kind] = /naming the global (\S+)|refused: (\S+)/.exec(expect) ?? [];
  const wanted = global ?? kind;
  if (wanted === undefined) throw new Error(`"${expect}" does not say what the message must name`);
  const refusal = await readCheckpoint(files).then(
    () => new Error("it was read"),
    (error: unknown) => error,
  );
  if (!isEfficientNetError(refusal) || !refusal.message.includes(wanted)) throw new Error(`${expect}, but: ${refusal}`);
  return { worst: 0, where: "refused", tolerance: 0 };
}

async function checkTensors(
  { tensors: expected }: FileEntry,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Omit<Finding, "name">> {
  if (expected === undefined) throw new Error("no logits, no tensors and no refusal to compare with");
  const { tensors } = await readCheckpoint(files);
  const worst = Object.entries(expected).map(([name, { shape, values }]) => {
    const tensor = tensors.get(name);
    if (tensor?.shape.join() !== shape.join()) return Number.POSITIVE_INFINITY;
    return worstDifference(tensor.read().subarray(0, values.length), values).worst;
  });
  return { worst: Math.max(...worst), where: "values", tolerance: 1e-6 };
}
