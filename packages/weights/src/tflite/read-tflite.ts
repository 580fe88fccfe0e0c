import type { Checkpoint, StoredTensor } from "../checkpoint.js";
import { inputNormalisation } from "./input-normalisation.js";
import { readLiteGraph } from "./lite-graph.js";
import { liteLabels } from "./lite-labels.js";
import { type LiteLayer, liteLayers } from "./lite-layers.js";

/**
 * Reads a TensorFlow Lite model: floats, half floats, and quantised weights, which are dequantised when read. Layers
 * are named by their place in the graph (`blocks_3/project/filter`), in the layout of the file (OHWI); batch norms are
 * folded into them. Gives the labels of the metadata, and the input normalisation where the graph states it.
 *
 * @throws `wrong-file` for damage, `unsupported` for graphs that are no EfficientNet and types that are not read.
 */
export function readTflite(bytes: Uint8Array): Checkpoint {
  const graph = readLiteGraph(bytes);
  const layers = liteLayers(graph);
  const input = inputNormalisation(graph);
  const tensors = new Map<string, StoredTensor>();
  for (const [index, { name, filter, bias }] of layers.entries()) {
    tensors.set(`${name}/filter`, index === 0 && input ? scaleChannels(filter, input.kernelScale) : filter);
    if (bias) tensors.set(`${name}/bias`, bias);
  }
  const labels = liteLabels(bytes, classesOf(layers));
  return {
    format: "tflite",
    tensors,
    metadata: new Map(),
    ...(labels === null ? {} : { labels }),
    ...(input === null ? {} : { normalisation: input.normalisation }),
  };
}

/** Input channels are innermost in OHWI. */
function scaleChannels(filter: StoredTensor, scales: readonly number[]): StoredTensor {
  const read = () => filter.read().map((value, i) => value * (scales[i % scales.length] ?? 1));
  return { ...filter, read };
}

function classesOf(layers: readonly LiteLayer[]): number {
  return layers.find(({ name }) => name === "head/dense")?.filter.shape[0] ?? 0;
}
