import type { ConvStep, Plan, PlanStep } from "@efficientnet/plan";
import { PANEL, roundUp } from "./pack-weights.js";

/** Outputs along one side of a patch. */
const OUTPUTS = 4;
/** Kernels after transforming, whatever the stride. */
const KERNELS = 36;

type Factors = readonly [number, number, number];

/** What the transform knows of a stride: values along one side of a patch, which are products too, and the kernel's. */
interface Form {
  readonly length: number;
  readonly factors: readonly Factors[];
}

const FORMS: Readonly<Record<1 | 2, Form>> = {
  // Interpolation at 0, 1, -1, 2, -2 and infinity.
  1: {
    length: 6,
    factors: [
      [1 / 4, 0, 0],
      [-1 / 6, -1 / 6, -1 / 6],
      [-1 / 6, 1 / 6, -1 / 6],
      [1 / 24, 1 / 12, 1 / 6],
      [1 / 24, -1 / 12, 1 / 6],
      [0, 0, 1],
    ],
  },
  // The outer two taps at 0, 1, -1, 2 and infinity; the middle one as it is, in four products that share it.
  2: {
    length: 9,
    factors: [
      [1 / 2, 0, 0],
      [-1 / 2, 0, -1 / 2],
      [-1 / 6, 0, 1 / 6],
      [1 / 6, 0, 1 / 3],
      [0, 0, 1],
      [0, 1, 0],
    ],
  },
};

const formOf = (stride: number): Form => FORMS[stride === 1 ? 1 : 2];

/** Below this there is less to save than transforming costs. */
const FEWEST_CHANNELS = 16;
/** Patches that reach over the end of a small map compute outputs that nobody asks for. */
const LEAST_SAVING = { 1: 2, 2: 1.5 };

/**
 * Whether a step is a 3x3 convolution that takes fewer multiply-adds in Winograd's form: 36 (stride 1) or 81 (stride 2) for
 * every 16 outputs where the sum takes 144. The transformed kernel takes four times the memory, in networks a few per cent
 * of all weights.
 */
export function suitsWinograd(plan: Plan, step: PlanStep): boolean {
  if (step.kind !== "conv" || step.kernelSize !== 3 || step.border !== null) return false;
  if (step.stride !== 1 && step.stride !== 2) return false;
  const [input, output] = [plan.buffers[step.input], plan.buffers[step.output]];
  if (input === undefined || output === undefined) return false;
  const { channels } = output;
  if (Math.min(input.channels, channels) < FEWEST_CHANNELS || input.channels % 4 > 0 || channels % 4 > 0) return false;
  const patches = Math.ceil(output.height / OUTPUTS) * Math.ceil(output.width / OUTPUTS);
  return output.height * output.width * 9 >= LEAST_SAVING[step.stride] * patches * FORMS[step.stride].length ** 2;
}

/** Multiply-adds of a step that takes Winograd's form, without those of the transforms. */
export function winogradMacs({ buffers, batch }: Plan, step: ConvStep): number {
  const { height = 0, width = 0, channels = 0 } = buffers[step.output] ?? {};
  const patches = batch * Math.ceil(height / OUTPUTS) * Math.ceil(width / OUTPUTS);
  return patches * formOf(step.stride).length ** 2 * (buffers[step.input]?.channels ?? 0) * channels;
}

/** Floats of a transformed kernel. */
export const winogradSize = (inChannels: number, outChannels: number): number =>
  KERNELS * inChannels * roundUp(outChannels, PANEL);

/** What the transformed patches of a block may take, of the second-level cache. */
const BLOCK_BYTES = 256 * 1024;
const MOST_PATCHES = 28;
/** Zeros and a patch of four channels, before the patch at an edge. */
const HEAD_BYTES = 1344;
const CACHE_LINE = 64;
/** Bytes of a place: an odd number of cache lines. */
const apart = (bytes: number): number => (Math.ceil(bytes / CACHE_LINE) | 1) * CACHE_LINE;

/** How many patches a thread takes together, and the scratch bytes that it needs. */
export function winogradBlock(
  stride: number,
  inChannels: number,
): { readonly tiles: number; readonly scratch: number } {
  const places = formOf(stride).length ** 2;
  const fitting = Math.floor(BLOCK_BYTES / (4 * places * inChannels) / OUTPUTS) * OUTPUTS;
  const tiles = Math.min(MOST_PATCHES, Math.max(OUTPUTS, fitting));
  const place = 4 * inChannels + apart(4 * inChannels * tiles) + apart(4 * PANEL * tiles);
  return { tiles, scratch: HEAD_BYTES + places * place };
}

/** A kernel `[3, 3, in, out]` transformed in float64, `[panel][kernel][in][8]`, filled up with zeros. */
export function packWinograd(
  kernel: Float32Array,
  stride: number,
  inChannels: number,
  outChannels: number,
  to: Float32Array,
): void {
  const { factors } = formOf(stride);
  const taps = inChannels * outChannels;
  const half = new Float64Array(18);
  for (let channel = 0; channel < taps; channel++) {
    const [row, column] = [Math.floor(channel / outChannels), channel % outChannels];
    for (const [y, down] of factors.entries()) {
      for (let x = 0; x < 3; x++) half[3 * y + x] = dot(down, kernel, x * taps + channel, 3 * taps);
    }
    const panel = Math.floor(column / PANEL);
    for (const [y] of factors.entries()) {
      for (const [x, across] of factors.entries()) {
        const at = (panel * KERNELS + y * factors.length + x) * inChannels + row;
        to[at * PANEL + (column % PANEL)] = dot(across, half, 3 * y, 1);
      }
    }
  }
}

function dot([a, b, c]: Factors, values: ArrayLike<number>, at: number, step: number): number {
  return a * (values[at] ?? 0) + b * (values[at + step] ?? 0) + c * (values[at + 2 * step] ?? 0);
}
