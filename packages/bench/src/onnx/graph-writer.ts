import type { FoldedTensors } from "@efficientnet/model";
import { type Activation, convOutputSize, type Padding } from "@efficientnet/specs";
import { onnxPads, toOihw } from "./layouts.js";
import type { Attribute, OnnxNode, OnnxTensor } from "./onnx-file.js";

/** A convolution whose kernel and bias are `${name}.conv.kernel` and `${name}.conv.bias`, or the batch norm `${name}.norm`. */
export interface ConvLayer {
  readonly name: string;
  readonly stride: number;
  readonly padding: Padding;
  readonly activation: Activation | null;
  readonly depthwise?: boolean;
}

export interface GraphWriter {
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly OnnxTensor[];
  /** Adds an operation and returns `output`. */
  node(
    operator: string,
    inputs: readonly string[],
    output: string,
    attributes?: Readonly<Record<string, Attribute>>,
  ): string;
  /** Adds a tensor in its own layout and returns its name. */
  tensor(name: string): string;
  /** A convolution of a map; the writer follows how large maps are, since pads depend on it. */
  convolve(x: string, layer: ConvLayer): string;
  /** A 1x1 convolution of pooled features with `${name}.kernel` and `${name}.bias`. */
  pointwise(x: string, name: string, activation: Activation | null): string;
}

/** Gathers nodes and tensors of a graph whose input has sides of `size` pixels. */
export function createGraphWriter(source: FoldedTensors, size: number, epsilon: number): GraphWriter {
  const nodes: OnnxNode[] = [];
  const tensors: OnnxTensor[] = [];
  const shapes = new Map(source.shapes.map((tensor) => [tensor.name, tensor]));
  let side = size;

  const find = (name: string) => {
    const tensor = shapes.get(name);
    if (tensor === undefined) throw new Error(`the network has no tensor ${name}`);
    return { shape: tensor.shape, values: source.read(tensor) };
  };
  const node: GraphWriter["node"] = (operator, inputs, output, attributes = {}) => {
    nodes.push({ operator, inputs, output, attributes });
    return output;
  };
  const tensor = (name: string) => {
    tensors.push({ name, ...find(name) });
    return name;
  };
  const kernel = (name: string, depthwise: boolean) => {
    const { shape, values } = find(name);
    const [height = 1, width = 1, inputs = 1, outputs = 1] = shape;
    const onnxShape = depthwise ? [inputs, 1, height, width] : [outputs, inputs, height, width];
    tensors.push({ name, shape: onnxShape, values: toOihw(values, shape, depthwise) });
    return { name, size: height, group: depthwise ? inputs : 1 };
  };
  const activate = (x: string, activation: Activation | null) =>
    activation === null ? x : ACTIVATIONS[activation](x, node, tensors);

  return {
    nodes,
    tensors,
    node,
    tensor,
    convolve(x, { name, stride, padding, activation, depthwise = false }) {
      const { name: weights, size: k, group } = kernel(`${name}.conv.kernel`, depthwise);
      const attributes = {
        kernel_shape: [k, k],
        strides: [stride, stride],
        pads: onnxPads(padding, side, k, stride),
        group,
      };
      side = convOutputSize(side, k, stride, padding);
      if (shapes.has(`${name}.conv.bias`)) {
        return activate(
          node("Conv", [x, weights, tensor(`${name}.conv.bias`)], `${name}.conv`, attributes),
          activation,
        );
      }
      const norm = ["gamma", "beta", "mean", "variance"].map((part) => tensor(`${name}.norm.${part}`));
      const convolved = node("Conv", [x, weights], `${name}.conv`, attributes);
      return activate(node("BatchNormalization", [convolved, ...norm], `${name}.norm`, { epsilon }), activation);
    },
    pointwise(x, name, activation) {
      const { name: weights } = kernel(`${name}.kernel`, false);
      return activate(node("Conv", [x, weights, tensor(`${name}.bias`)], name, { kernel_shape: [1, 1] }), activation);
    },
  };
}

type WriteActivation = (x: string, node: GraphWriter["node"], tensors: OnnxTensor[]) => string;

const ACTIVATIONS: Record<Activation, WriteActivation> = {
  silu: (x, node) => node("Mul", [x, node("Sigmoid", [x], `${x}.sigmoid`)], `${x}.silu`),
  relu: (x, node) => node("Relu", [x], `${x}.relu`),
  relu6: (x, node, tensors) => {
    const [low, high] = [`${x}.low`, `${x}.high`];
    tensors.push(
      { name: low, shape: [], values: Float32Array.of(0) },
      { name: high, shape: [], values: Float32Array.of(6) },
    );
    return node("Clip", [x, low, high], `${x}.relu6`);
  },
  "hard-swish": (x, node) => node("HardSwish", [x], `${x}.hardswish`),
  mish: (x, node) => node("Mul", [x, node("Tanh", [node("Softplus", [x], `${x}.softplus`)], `${x}.tanh`)], `${x}.mish`),
};
