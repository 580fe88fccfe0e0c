import type { Plan, PlanStep } from "@efficientnet/plan";
import { PANEL, roundUp } from "./pack-weights.js";

/** Outputs along one side of a patch, and the places of a transformed patch. */
const OUTPUTS = 4;
const PLACES = 36;

/** From a kernel's three values to the six by which a transformed patch is multiplied; interpolation at 0, 1, -1, 2, -2. */
const TRANSFORM = [
  [1 / 4, 0, 0],
  [-1 / 6, -1 / 6, -1 / 6],
  [-1 / 6, 1 / 6, -1 / 6],
  [1 / 24, 1 / 12, 1 / 6],
  [1 / 24, -1 / 12, 1 / 6],
  [0, 0, 1],
] as const;

/** Below this there is less to save than transforming costs. */
const FEWEST_CHANNELS = 16;
/** Patches that reach over the end of a small map compute outputs that nobody asks for. */
const LEAST_SAVING = 2;

/**
 * Whether a step is a 3x3 convolution that takes fewer multiply-adds in Winograd's form: 36 for every 16 outputs where the
 * sum takes 144. The transformed kernel takes four times the memory, in networks a few per cent of all weights.
 */
export function suitsWinograd(plan: Plan, step: PlanStep): boolean {
  if (step.kind !== "conv" || step.kernelSize !== 3 || step.stride !== 1 || step.border !== null) return false;
  const [input, output] = [plan.buffers[step.input], plan.buffers[step.output]];
  if (input === undefined || output === undefined) return false;
  const { channels } = output;
  if (Math.min(input.channels, channels) < FEWEST_CHANNELS || input.channels % 4 > 0 || channels % 4 > 0) return false;
  const patches = Math.ceil(output.height / OUTPUTS) * Math.ceil(output.width / OUTPUTS);
  return output.height * output.width * 9 >= LEAST_SAVING * patches * PLACES;
}

/** Floats of a transformed kernel. */
export const winogradSize = (inChannels: number, outChannels: number): number =>
  PLACES * inChannels * roundUp(outChannels, PANEL);

/** What the transformed patches of a block may take, of the second-level cache. */
const BLOCK_BYTES = 224 * 1024;
const MOST_PATCHES = 24;
/** Zeros and a patch of four channels, before the patch at an edge. */
const HEAD_BYTES = 640;

/** How many patches a thread takes together, and the scratch bytes that it needs. */
export function winogradBlock(inChannels: number): { readonly tiles: number; readonly scratch: number } {
  const placeBytes = 4 * PLACES * inChannels;
  const fitting = Math.floor(BLOCK_BYTES / placeBytes / OUTPUTS) * OUTPUTS;
  const tiles = Math.min(MOST_PATCHES, Math.max(OUTPUTS, fitting));
  return { tiles, scratch: HEAD_BYTES + (1 + tiles) * placeBytes + 4 * PLACES * PANEL * tiles };
}

/** A kernel `[3, 3, in, out]` transformed in float64, `[panel][place][in][8]`, filled up with zeros. */
export function packWinograd(kernel: Float32Array, inChannels: number, outChannels: number, to: Float32Array): void {
  const taps = inChannels * outChannels;
  const half = new Float64Array(18);
  for (let channel = 0; channel < taps; channel++) {
    const [row, column] = [Math.floor(channel / outChannels), channel % outChannels];
    for (const [i, factors] of TRANSFORM.entries()) {
      for (let x = 0; x < 3; x++) half[3 * i + x] = dot(factors, kernel, x * taps + channel, 3 * taps);
    }
    const panel = Math.floor(column / PANEL);
    for (let place = 0; place < PLACES; place++) {
      const value = dot(TRANSFORM[place % 6] ?? TRANSFORM[0], half, 3 * Math.floor(place / 6), 1);
      to[((panel * PLACES + place) * inChannels + row) * PANEL + (column % PANEL)] = value;
    }
  }
}

function dot(factors: readonly [number, number, number], values: ArrayLike<number>, at: number, step: number): number {
  const [a, b, c] = factors;
  return a * (values[at] ?? 0) + b * (values[at + step] ?? 0) + c * (values[at + 2 * step] ?? 0);
}
