import { EfficientNetError } from "@efficientnet/errors";
import type { Checkpoint, StoredTensor } from "../checkpoint.js";
import { graphInput } from "./graph-input.js";
import { graphLayers } from "./graph-layers.js";
import { MAX_MANIFEST_BYTES } from "./is-manifest.js";
import { asObject, damaged } from "./json-values.js";
import { manifestTensor } from "./manifest-tensor.js";
import { parseGraph } from "./model-graph.js";
import { parseManifest } from "./parse-manifest.js";
import { groupReader } from "./shard-bytes.js";

/**
 * Reads a TensorFlow.js model: `model.json` with the shards beside it. Names and shapes need the JSON alone. Layers
 * models keep Keras's names; the layers of a graph model are named by their place in the graph (`blocks_3/project`),
 * since converters rename them. Quantised arrays (8 and 16 bits, half precision) are widened when read.
 *
 * @throws `wrong-file` for damage, and from `read` for missing or short shards; `unsupported` for graphs that are no
 * EfficientNet.
 */
export function readTfjs(bytes: Uint8Array, siblings: ReadonlyMap<string, Uint8Array> = new Map()): Checkpoint {
  const model = parseModel(bytes);
  const shards = new Map([...siblings].filter(([, sibling]) => sibling !== bytes));
  const tensors = new Map(
    parseManifest(model.weightsManifest).flatMap((group) => {
      const readGroup = groupReader(group, shards);
      return group.entries.map((entry) => [entry.name, manifestTensor(entry, readGroup)] as const);
    }),
  );
  return model.format === "graph-model"
    ? graphCheckpoint(model.modelTopology, tensors)
    : { format: "tfjs", tensors, metadata: new Map() };
}

function graphCheckpoint(topology: unknown, arrays: ReadonlyMap<string, StoredTensor>): Checkpoint {
  const graph = parseGraph(topology);
  const layers = graphLayers(graph, new Map([...arrays].map(([name, { shape }]) => [name, shape])));
  const input = graphInput(graph, arrays, layers[0]?.node.inputs[0]);
  const tensors = new Map(
    layers.flatMap(({ name, parameters }) =>
      [...parameters].flatMap(([parameter, array]) => {
        const tensor = arrays.get(array);
        if (tensor === undefined) return [];
        const stem = parameter === "stem/conv/kernel" && input !== null;
        const placed = name === "head/dense" && parameter.endsWith("kernel") ? asMatrix(tensor) : tensor;
        return [[parameter, stem ? scaleInputs(placed, input.kernelScale) : placed] as const];
      }),
    ),
  );
  return {
    format: "tfjs",
    tensors,
    metadata: new Map(),
    ...(input === null ? {} : { normalisation: input.normalisation }),
  };
}

/** A classifier written as a 1x1 convolution is a matrix with two axes of length 1 in front. */
function asMatrix(tensor: StoredTensor): StoredTensor {
  return tensor.shape.length === 4 ? { ...tensor, shape: tensor.shape.slice(2) } : tensor;
}

/** Input channels are the last but one axis of HWIO. */
function scaleInputs(kernel: StoredTensor, scales: readonly number[]): StoredTensor {
  const outputs = kernel.shape[3] ?? 1;
  const scale = (i: number) => scales[Math.floor(i / outputs) % scales.length] ?? 1;
  return { ...kernel, read: () => kernel.read().map((value, i) => value * scale(i)) };
}

function parseModel(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  if (bytes.length > MAX_MANIFEST_BYTES) throw damaged(`the model.json has ${bytes.length} bytes`);
  try {
    return asObject(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)), "the model.json");
  } catch (cause) {
    if (cause instanceof EfficientNetError) throw cause;
    throw new EfficientNetError("wrong-file", "the model.json is not valid JSON", {
      hint: "the file is damaged or the download incomplete",
      cause,
    });
  }
}
