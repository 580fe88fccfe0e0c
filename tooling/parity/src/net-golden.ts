import type { Checkpoint, Library, StoredTensor } from "@efficientnet/weights";
import { uniformArray } from "@efficientnet-tooling/testing";

/** Values of a tensor sampled at flat indices, with the mean and standard deviation of the whole. */
export interface Summary {
  readonly shape: readonly number[];
  readonly mean: number;
  readonly std: number;
  readonly at: readonly number[];
  readonly values: readonly number[];
}

/** A network whose tensors come from the deterministic fill, and what a reference library answers for it. */
export interface NetGolden {
  readonly family: Library;
  readonly arch: string;
  readonly salt: string;
  readonly input: readonly [number, number, number, number];
  /** Name and shape of every tensor, as the library has them. */
  readonly tensors: Readonly<Record<string, readonly number[]>>;
  /** The variance scale of each batch norm's running statistics. */
  readonly batchNormScale: Readonly<Record<string, number>>;
  readonly features: Readonly<Record<string, Summary>>;
  readonly logits: {
    readonly first: readonly number[];
    readonly l2: number;
    readonly mean: number;
    readonly std: number;
    readonly top5: readonly (readonly [index: number, value: number])[];
  };
}

/** The golden as a checkpoint whose arrays are made when they are read, so that the largest nets need no file. */
export function goldenCheckpoint(golden: NetGolden): Checkpoint {
  const tensors = Object.entries(golden.tensors).map(([name, shape]): [string, StoredTensor] => [
    name,
    { dtype: "F32", shape, read: () => fillTensor(golden, name, shape) },
  ]);
  return { format: "safetensors", tensors: new Map(tensors), metadata: new Map() };
}

/** The input of a golden: uniform in [-1, 1), NHWC, the batch in one row. */
export function goldenInput([batch, height, width, channels]: NetGolden["input"]): Float32Array {
  return uniformArray(`input/${height}x${width}`, batch * height * width * channels);
}

function fillTensor({ salt, batchNormScale }: NetGolden, name: string, shape: readonly number[]): Float32Array {
  const size = shape.reduce((product, side) => product * side, 1);
  const fill = (scale: number, offset = 0) => uniformArray(salt + name, size, scale, offset);
  const [, layer = "", parameter = ""] = /^(.*)[./]([^./]+)$/.exec(name) ?? [];
  const scale = batchNormScale[layer];
  if (scale === undefined) {
    return parameter.startsWith("bias") ? fill(0.1) : fill(Math.sqrt(3 / fanIn(parameter, shape)));
  }
  if (/mean/.test(parameter)) return fill(0.1 * Math.sqrt(scale));
  if (/var/.test(parameter)) return fill(0.25 * scale, scale);
  return /^(weight|gamma)/.test(parameter) ? fill(0.25, 1) : fill(0.1);
}

/** Inputs of one output: PyTorch has the outputs on the first axis, Keras on the last and channels beside it. */
function fanIn(parameter: string, shape: readonly number[]): number {
  const product = (sides: readonly number[]) => sides.reduce((sum, side) => sum * side, 1);
  if (parameter.startsWith("depthwise_kernel")) return product(shape.slice(0, 2));
  return product(parameter.startsWith("kernel") ? shape.slice(0, -1) : shape.slice(1));
}
