import type { Checkpoint } from "../checkpoint.js";
import { readHdf5 } from "../hdf5/read-tree.js";
import { kerasArrays, type LayerNames } from "./keras-arrays.js";

/** State of training, at the root of a file. */
const TRAINING: ReadonlySet<string> = new Set(["optimizer", "optimizer_weights", "_metrics", "metrics"]);
/** Texts at the root, or with the weights of a whole model, that say who wrote them. */
const WRITER: readonly string[] = ["keras_version", "backend"];

/**
 * Reads an HDF5 file of Keras: weights or a whole model of any version before 3, and `.weights.h5` of version 3. The
 * optimizer's state is left out.
 *
 * @throws `wrong-file` when the file is damaged; `unsupported` for parts of HDF5 that Keras does not write.
 */
export function readKerasH5(bytes: Uint8Array): Checkpoint {
  return readWeights(bytes);
}

/** The same with names of layers from elsewhere. */
export function readWeights(bytes: Uint8Array, layerNames?: LayerNames): Checkpoint {
  const root = readHdf5(bytes, ([first = "", ...rest]) => rest.length === 0 && TRAINING.has(first));
  const model = root.groups.get("model_weights") ?? root;
  const metadata = new Map([...root.texts, ...model.texts].filter(([name]) => WRITER.includes(name)));
  return { format: "hdf5", tensors: kerasArrays(model, layerNames), metadata };
}
