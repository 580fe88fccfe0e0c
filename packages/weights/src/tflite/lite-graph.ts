import { EfficientNetError } from "@efficientnet/errors";
import { FlatTable } from "./flat-table.js";

/** Far above what any EfficientNet has. */
const MAX_OPERATORS = 10_000;
const MAX_OPERANDS = 64;
const MAX_RANK = 8;

/** The operations that are told apart, by TensorFlow Lite's number. */
const OPERATIONS = {
  0: "add",
  3: "conv",
  4: "depthwise",
  6: "dequantize",
  9: "dense",
  18: "mul",
  34: "pad",
  41: "sub",
  42: "div",
  53: "cast",
  114: "quantize",
} as const satisfies Readonly<Record<number, string>>;

export type LiteOperation = (typeof OPERATIONS)[keyof typeof OPERATIONS] | "other";

export interface LiteOperator {
  readonly operation: LiteOperation;
  /** Tensors by number; -1 where an optional one is left out. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

export interface LiteTensor {
  readonly shape: readonly number[];
  /** TensorFlow Lite's number for its element type. */
  readonly type: number;
  /** Constant values; empty for what the graph computes. */
  readonly data: Uint8Array;
  readonly quantization: FlatTable | null;
}

/** The graph of a model: operators in the order of execution. */
export interface LiteGraph {
  readonly operators: readonly LiteOperator[];
  readonly input: number;
  tensor(index: number): LiteTensor;
  /** A tensor that has values, also behind the operator that widens half-precision ones; null for what is computed. */
  constant(index: number): LiteTensor | null;
}

/**
 * The first graph of a TensorFlow Lite model, field numbers as in its public schema. Names are not read: converters
 * differ in them, while the order of the operators is the order of the network.
 *
 * @throws `wrong-file` for offsets and counts that cannot be.
 */
export function readLiteGraph(bytes: Uint8Array): LiteGraph {
  const model = FlatTable.root(bytes);
  const [codes, graphs, buffers] = [model.tables(1), model.tables(2), model.tables(4)];
  const graph = graphs.at(0);
  const [tensors, operators] = [graph.tables(0), graph.tables(3)];
  if (operators.length > MAX_OPERATORS) {
    throw new EfficientNetError("wrong-file", `a TensorFlow Lite model of ${operators.length} operators`, {
      expected: `at most ${MAX_OPERATORS}`,
    });
  }
  const operation = (index: number): LiteOperation => {
    const code = codes.at(index);
    // Codes above 127 did not fit in the first field; the larger of the two counts.
    const known: Readonly<Record<number, LiteOperation>> = OPERATIONS;
    return known[Math.max(code.int8(0), code.int32(3))] ?? "other";
  };
  const list = Array.from({ length: operators.length }, (_, index): LiteOperator => {
    const operator = operators.at(index);
    return {
      operation: operation(operator.uint32(0)),
      inputs: operator.int32s(1, MAX_OPERANDS),
      outputs: operator.int32s(2, MAX_OPERANDS),
    };
  });
  const tensor = (index: number): LiteTensor => {
    const table = tensors.at(index);
    return {
      shape: table.int32s(0, MAX_RANK),
      type: table.int8(1),
      data: buffers.at(table.uint32(2)).bytes(0),
      quantization: table.table(4),
    };
  };
  const widened = new Map(
    list
      .filter(({ operation }) => operation === "dequantize")
      .map(({ inputs: [from = -1], outputs: [to = -1] }) => [to, from]),
  );
  return {
    operators: list,
    input: graph.int32s(1, MAX_OPERANDS)[0] ?? -1,
    tensor,
    constant: (index) => {
      const found = tensor(widened.get(index) ?? index);
      return found.data.length > 0 ? found : null;
    },
  };
}
