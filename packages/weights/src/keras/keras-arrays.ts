import type { StoredTensor } from "../checkpoint.js";
import { badHdf5, quote } from "../hdf5/hdf5-error.js";
import type { Hdf5Group } from "../hdf5/read-tree.js";
import { variableNames } from "./variable-names.js";

/** Name of the layer at a path of Keras 3, without the containers; undefined when nobody says. */
export type LayerNames = (path: readonly string[]) => string | undefined;

/** Groups of Keras 3 that hold layers and are no layers themselves. */
const CONTAINERS: ReadonlySet<string> = new Set(["layers", "_layer_checkpoint_dependencies"]);

/**
 * The arrays of a model by `layer/variable`, with the models around a layer in front: `efficientnetb0/stem_conv/kernel`.
 * Keras 3 numbers the layers of each class and the variables of each layer; the names come back from the `name` beside
 * them, or else from `layerNames`, or else stay numbers.
 *
 * Source: keras-team/keras, keras/src/legacy/saving/legacy_h5_format.py and keras/src/saving/saving_lib.py.
 */
export function kerasArrays(
  model: Hdf5Group,
  layerNames: LayerNames = () => undefined,
): ReadonlyMap<string, StoredTensor> {
  const arrays = new Map<string, StoredTensor>();
  const add = (path: readonly string[], array: StoredTensor): void => {
    const name = path.join("/");
    if (arrays.has(name)) throw badHdf5(`the HDF5 file names ${quote(name)} twice`);
    arrays.set(name, array);
  };
  const visit = ({ groups, arrays: own }: Hdf5Group, path: readonly string[]): void => {
    for (const [name, array] of own) add(plainPath([...path, name]), array);
    for (const [name, group] of groups) {
      if (name !== "vars") visit(group, CONTAINERS.has(name) ? path : [...path, name]);
      else for (const [variable, array] of variablesOf(group, path, layerNames)) add(variable, array);
    }
  };
  visit(model, []);
  return arrays;
}

function variablesOf(
  { arrays, texts }: Hdf5Group,
  path: readonly string[],
  layerNames: LayerNames,
): readonly (readonly [path: readonly string[], array: StoredTensor])[] {
  const ordered = [...arrays].sort(([a], [b]) => Number(a) - Number(b));
  const { kind, names } = variableNames(ordered.map(([, { shape }]) => shape));
  const group = path.at(-1) ?? "";
  // Whoever renames the normalisation layer still does not need it here.
  const layer = kind === "normalization" ? group : (texts.get("name") ?? layerNames(path) ?? group);
  return ordered.map(([number, array], index) => [[...path.slice(0, -1), layer, names[index] ?? number], array]);
}

/** TensorFlow 1 put `stem_conv_1/kernel:0` into the group `stem_conv` when a model was built for the second time. */
function plainPath(path: readonly string[]): readonly string[] {
  const [layer, scope, variable, ...rest] = path;
  if (layer === undefined || scope === undefined || variable === undefined || rest.length > 0) return path;
  const again = scope.startsWith(`${layer}_`) && /^\d+$/.test(scope.slice(layer.length + 1));
  return again ? [layer, variable] : path;
}
