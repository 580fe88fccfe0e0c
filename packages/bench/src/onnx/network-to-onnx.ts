import { EfficientNetError } from "@efficientnet/errors";
import type { FoldedTensors } from "@efficientnet/model";
import { type ArchitectureSpec, type Block, expandBlocks } from "@efficientnet/specs";
import { type ConvLayer, createGraphWriter, type GraphWriter } from "./graph-writer.js";
import type { OnnxGraph } from "./onnx-file.js";

/** The input and output names of every file this writes. */
export const INPUT = "input";
export const OUTPUT = "logits";

/**
 * A network, its batch norms folded or not, as an ONNX graph for a fixed batch of square pictures:
 * `input [N,3,S,S] -> logits [N,classes]`.
 *
 * It is the form that ONNX Runtime likes best: convolutions with bias, `Sigmoid` and `Mul` for SiLU, which it fuses,
 * `GlobalAveragePool`, `Gemm`.
 *
 * @throws `unsupported` for CondConv, whose kernels are mixed per picture, and for a network without classifier.
 */
export function networkToOnnx(spec: ArchitectureSpec, tensors: FoldedTensors, batch: number, size: number): OnnxGraph {
  const blocks = expandBlocks(spec);
  if (blocks.some(({ experts }) => experts > 0)) {
    throw new EfficientNetError(
      "unsupported",
      `${spec.name} mixes its kernels per picture, which is not written as ONNX`,
    );
  }
  const { classes } = spec.head;
  if (classes === null)
    throw new EfficientNetError("unsupported", `${spec.name} has no classifier, so it has no logits`);
  const writer = createGraphWriter(tensors, size, spec.batchNorm.epsilon);
  const layer = (name: string, stride: number): ConvLayer => ({
    name,
    stride,
    padding: spec.padding,
    activation: spec.activation,
  });
  let x = writer.convolve(INPUT, layer("stem", spec.stem.stride));
  for (const block of blocks) x = writeBlock(writer, block, x);
  x = writer.convolve(x, layer("head", 1));
  const pooled = writer.node("GlobalAveragePool", [x], "pooled");
  const flat = writer.node("Flatten", [pooled], "flat", { axis: 1 });
  writer.node("Gemm", [flat, writer.tensor("classifier.kernel"), writer.tensor("classifier.bias")], OUTPUT);
  return {
    name: spec.name,
    nodes: writer.nodes,
    tensors: writer.tensors,
    input: { name: INPUT, shape: [batch, 3, size, size] },
    output: { name: OUTPUT, shape: [batch, classes] },
  };
}

function writeBlock(writer: GraphWriter, block: Block, x: string): string {
  const { name, activation, padding, stride } = block;
  const layer = (part: string, options: Partial<ConvLayer> = {}): ConvLayer => ({
    name: `${name}.${part}`,
    stride: 1,
    padding,
    activation,
    ...options,
  });
  let y = x;
  if (block.kind === "fused-mbconv") {
    y = writer.convolve(y, layer("expand", { stride }));
  } else {
    if (block.expands) y = writer.convolve(y, layer("expand"));
    y = writer.convolve(y, layer("depthwise", { stride, depthwise: true }));
  }
  if (block.squeezeChannels > 0) {
    const pooled = writer.node("GlobalAveragePool", [y], `${name}.squeeze.mean`);
    const reduced = writer.pointwise(pooled, `${name}.squeeze.reduce`, activation);
    const gate = writer.node(
      "Sigmoid",
      [writer.pointwise(reduced, `${name}.squeeze.expand`, null)],
      `${name}.squeeze.gate`,
    );
    y = writer.node("Mul", [y, gate], `${name}.squeeze`);
  }
  if (block.projects) y = writer.convolve(y, layer("project", { activation: null }));
  return block.residual ? writer.node("Add", [x, y], name) : y;
}
