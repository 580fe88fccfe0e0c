import type { Normalisation } from "../checkpoint.js";
import type { LiteGraph, LiteOperation } from "./lite-graph.js";
import { liteValues } from "./lite-values.js";

/** Per channel: what the first convolution sees is `scale * pixel + shift`, for pixels from 0 to 255. */
interface Affine {
  readonly scale: readonly number[];
  readonly shift: readonly number[];
}

const FLOAT32 = 0;
const UINT8 = 3;
const INT8 = 9;

/** Lite's own scale: (pixel - 127) / 128. */
const UNIT = 128;

export interface LiteInput {
  /** What the network wants of pixels, once its first kernel is multiplied by `kernelScale` for each input channel. */
  readonly normalisation: Normalisation;
  readonly kernelScale: readonly number[];
}

/**
 * The normalisation of pixels that a graph does before its first convolution, by quantisation of its input or by
 * arithmetic with constants. Its scale is moved into the first kernel, so that every such network wants
 * (pixel - mean) / 128, as Lite's own files do; padding stays right, since zero stays zero. Null for float inputs that
 * the graph does not normalise: their file does not tell.
 */
export function inputNormalisation(graph: LiteGraph): LiteInput | null {
  const affine = traceInput(graph);
  if (affine === null || !affine.scale.every((scale) => scale > 0 && Number.isFinite(scale))) return null;
  const mean = (channel: number) => -(affine.shift[channel] ?? 0) / (affine.scale[channel] ?? 1) / 255;
  const std = UNIT / 255;
  return {
    normalisation: { mean: [mean(0), mean(1), mean(2)], std: [std, std, std] },
    kernelScale: affine.scale.map((scale) => scale * UNIT),
  };
}

function traceInput(graph: LiteGraph): Affine | null {
  if (graph.input < 0) return null;
  let current = graph.input;
  let affine: Affine = { scale: [1, 1, 1], shift: [0, 0, 0] };
  let arithmetic = false;
  for (const { operation, inputs, outputs } of graph.operators) {
    if (!inputs.includes(current)) continue;
    if (operation === "conv") return fromPixels(graph, affine, arithmetic);
    const [left = -1, right = -1] = inputs;
    const step = applyOperation(graph, operation, affine, left === current ? right : left, left === current);
    if (step === null) return null;
    arithmetic ||= step !== affine;
    affine = step;
    current = outputs[0] ?? -1;
  }
  return null;
}

function applyOperation(
  graph: LiteGraph,
  operation: LiteOperation,
  affine: Affine,
  operand: number,
  inFront: boolean,
): Affine | null {
  if (operation === "quantize" || operation === "dequantize" || operation === "cast" || operation === "pad") {
    return affine;
  }
  if (operation !== "mul" && operation !== "add" && !((operation === "sub" || operation === "div") && inFront))
    return null;
  const constant = operand < 0 ? null : graph.constant(operand);
  if (constant === null) return null;
  const values = liteValues("the normalisation of the input", constant).read();
  if (values.length !== 1 && values.length !== 3) return null;
  const at = (channel: number) => values[values.length === 1 ? 0 : channel] ?? Number.NaN;
  const map = (list: readonly number[], change: (value: number, by: number) => number) =>
    list.map((value, channel) => change(value, at(channel)));
  const { scale, shift } = affine;
  switch (operation) {
    case "mul":
      return { scale: map(scale, (value, by) => value * by), shift: map(shift, (value, by) => value * by) };
    case "div":
      return { scale: map(scale, (value, by) => value / by), shift: map(shift, (value, by) => value / by) };
    case "add":
      return { scale, shift: map(shift, (value, by) => value + by) };
    case "sub":
      return { scale, shift: map(shift, (value, by) => value - by) };
  }
}

/** From the graph's own input, which may be quantised or in 0..1, to pixels. */
function fromPixels(graph: LiteGraph, { scale, shift }: Affine, arithmetic: boolean): Affine | null {
  const { type, quantization } = graph.tensor(graph.input);
  if (type === FLOAT32) {
    // A graph that multiplies wants 0..1, one that divides wants 0..255.
    return arithmetic ? { scale: scale.map((value) => (value > 1 ? value / 255 : value)), shift } : null;
  }
  const [step] = quantization?.float32s(2, 1) ?? [];
  const [zero = 0] = quantization?.int64s(3, 1) ?? [];
  if (step === undefined || (type !== UINT8 && type !== INT8)) return null;
  const first = type === INT8 ? zero + 128 : zero;
  return {
    scale: scale.map((value) => value * step),
    shift: shift.map((value, channel) => value - (scale[channel] ?? 0) * step * first),
  };
}
