import { bytes, encode, type Field, float, int, message, packed, text } from "./protobuf.js";

/** An attribute: one integer or several, or a float where it is said to be one. */
export type Attribute = number | readonly number[] | { readonly float: number };

/** One operation: `outputs = operator(inputs)`. */
export interface OnnxNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface OnnxGraph {
  readonly name: string;
  /** In an order in which each can run after those before it. */
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly OnnxTensor[];
  readonly input: OnnxValue;
  readonly output: OnnxValue;
}

const FLOAT32 = 1;
const IR_VERSION = 8;
const OPSET = 17;

/** The bytes of an `.onnx` file. Field numbers: `onnx.proto3` of ONNX 1.12 (IR version 8, operator set 17). */
export function encodeOnnx({ name, nodes, tensors, input, output }: OnnxGraph): Uint8Array {
  const graph = message(7, [
    ...nodes.map(encodeNode),
    text(2, name),
    ...tensors.map(encodeTensor),
    encodeValue(11, input),
    encodeValue(12, output),
  ]);
  return encode([int(1, IR_VERSION), text(2, "efficientnet-bench"), graph, message(8, [int(2, OPSET)])]);
}

function encodeNode({ operator, inputs, output, attributes = {} }: OnnxNode): Field {
  return message(1, [
    ...inputs.map((input) => text(1, input)),
    text(2, output),
    text(3, output),
    text(4, operator),
    ...Object.entries(attributes).map(([name, value]) => message(5, [text(1, name), ...encodeAttribute(value)])),
  ]);
}

/** Field 20 says which of the others is set: 1 float, 2 integer, 7 integers. */
function encodeAttribute(value: Attribute): readonly Field[] {
  if (typeof value === "number") return [int(3, value), int(20, 2)];
  if ("float" in value) return [float(2, value.float), int(20, 1)];
  return [packed(8, value), int(20, 7)];
}

function encodeTensor({ name, shape, values }: OnnxTensor): Field {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return message(5, [packed(1, shape), int(2, FLOAT32), text(8, name), bytes(9, raw)]);
}

function encodeValue(field: number, { name, shape }: OnnxValue): Field {
  const dimensions = shape.map((size) => message(1, [int(1, size)]));
  return message(field, [text(1, name), message(2, [message(1, [int(1, FLOAT32), message(2, dimensions)])])]);
}
