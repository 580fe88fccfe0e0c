import {
  type PixelNormalisation,
  type PixelStep,
  pixelNormalisation,
  type QuantisedPixels,
} from "../graph/pixel-normalisation.js";
import type { LiteGraph, LiteOperator } from "./lite-graph.js";
import { liteValues } from "./lite-values.js";

const FLOAT32 = 0;
const UINT8 = 3;
const INT8 = 9;

/** The normalisation that a graph does before its first convolution, or null where the file does not tell. */
export function inputNormalisation(graph: LiteGraph): PixelNormalisation | null {
  const steps = inputSteps(graph);
  if (steps === null) return null;
  if (graph.tensor(graph.input).type === FLOAT32) return pixelNormalisation(steps, null);
  const quantised = quantisedInput(graph);
  return quantised && pixelNormalisation(steps, quantised);
}

/** Follows the input to the first convolution; null when it meets anything but arithmetic with constants. */
function inputSteps(graph: LiteGraph): readonly PixelStep[] | null {
  let current = graph.input;
  const steps: PixelStep[] = [];
  for (const operator of graph.operators) {
    if (current < 0 || !operator.inputs.includes(current)) continue;
    if (operator.operation === "conv") return steps;
    const step = stepOf(graph, operator, current);
    if (step === null) return null;
    steps.push(...step);
    current = operator.outputs[0] ?? -1;
  }
  return null;
}

function stepOf(graph: LiteGraph, { operation, inputs }: LiteOperator, current: number): readonly PixelStep[] | null {
  if (operation === "quantize" || operation === "dequantize" || operation === "cast" || operation === "pad") return [];
  const [left = -1, right = -1] = inputs;
  const commutes = operation === "add" || operation === "mul";
  if (!commutes && !((operation === "sub" || operation === "div") && left === current)) return null;
  const operand = left === current ? right : left;
  const constant = operand < 0 ? null : graph.constant(operand);
  const values = constant && [...liteValues("the normalisation of the input", constant).read()];
  return values !== null && (values.length === 1 || values.length === 3) ? [{ operation, values }] : null;
}

function quantisedInput(graph: LiteGraph): QuantisedPixels | null {
  const { type, quantization } = graph.tensor(graph.input);
  const [scale] = quantization?.float32s(2, 1) ?? [];
  const [zero = 0] = quantization?.int64s(3, 1) ?? [];
  if (scale === undefined || (type !== UINT8 && type !== INT8)) return null;
  // The pixels of a signed input count from -128.
  return { scale, zero: type === INT8 ? zero + 128 : zero };
}
