import { EfficientNetError } from "@efficientnet/errors";
import type { Checkpoint } from "../checkpoint.js";
import { readZip, type ZipEntry } from "../zip/read-zip.js";
import { configLayers } from "./config-layers.js";
import { readWeights } from "./read-keras-h5.js";

const WEIGHTS = "model.weights.h5";
const CONFIG = "config.json";
const METADATA = "metadata.json";
/** The configuration of the largest EfficientNet takes 1 MB. */
const MAX_JSON_BYTES = 32 << 20;

/**
 * Reads a `.keras` file of Keras 3: a zip with the weights as HDF5 and the description of the model. The model is not
 * built from its description, and nothing that is named there is looked up.
 *
 * @throws `wrong-file` when the file is damaged or has no weights; `unsupported` when they are stored another way.
 */
export function readKerasZip(bytes: Uint8Array): Checkpoint {
  const files = readZip(bytes);
  const weights = files.get(WEIGHTS);
  if (weights === undefined) throw withoutWeights([...files.keys()]);
  const { tensors } = readWeights(weights.read(), configLayers(readJson(files, CONFIG)));
  const { keras_version: version } = Object(readJson(files, METADATA)) as Readonly<Record<string, unknown>>;
  return {
    format: "keras",
    tensors,
    metadata: new Map(typeof version === "string" ? [["keras_version", version]] : []),
  };
}

function withoutWeights(names: readonly string[]): EfficientNetError {
  const sharded = names.find((name) => /^model\.weights\.(?:json|npz)$/.test(name));
  return sharded === undefined
    ? new EfficientNetError("wrong-file", `the Keras file holds no ${WEIGHTS}`, {
        received: names.slice(0, 5).join(", ").slice(0, 200),
      })
    : new EfficientNetError("unsupported", `the Keras file holds its weights as ${sharded}`, {
        expected: WEIGHTS,
        hint: "save the model again with model.save",
      });
}

function readJson(files: ReadonlyMap<string, ZipEntry>, name: string): unknown {
  const entry = files.get(name);
  if (entry === undefined) return undefined;
  if (entry.size > MAX_JSON_BYTES) {
    throw new EfficientNetError("wrong-file", `${name} of the Keras file is too large`, {
      expected: `at most ${MAX_JSON_BYTES} bytes`,
      received: `${entry.size} bytes`,
    });
  }
  try {
    return JSON.parse(new TextDecoder().decode(entry.read()));
  } catch (cause) {
    if (cause instanceof EfficientNetError) throw cause;
    throw new EfficientNetError("wrong-file", `${name} of the Keras file is not valid JSON`, { cause });
  }
}
