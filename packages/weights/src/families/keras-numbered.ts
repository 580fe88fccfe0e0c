import { type ArchitectureSpec, type TensorRole, tensorShapes } from "@efficientnet/specs";
import type { FamilyNames } from "./family.js";
import { KERAS_LAYOUT } from "./keras-layers.js";
import { layerOf } from "./layer-of.js";

/** Class of the layer that each kind of kernel or vector belongs to; the head's matrix is named apart. */
const CLASSES: Readonly<Partial<Record<TensorRole, string>>> = {
  "conv-kernel": "conv2d",
  "depthwise-kernel": "depthwise_conv2d",
  gamma: "batch_normalization",
};

/**
 * Weights of Keras 3 without names of layers: those of each class are numbered in forward order. Both generations of
 * networks.
 *
 * Source: keras-team/keras, `_save_container_state` in keras/src/saving/saving_lib.py.
 */
export const kerasNumbered: FamilyNames = {
  ...KERAS_LAYOUT,
  classifier: "dense",
  layers: numberedLayers,
  marker: /^batch_normalization_\d+\//,
};

function numberedLayers(spec: ArchitectureSpec): ReadonlyMap<string, string> {
  const used = new Map<string, number>();
  return new Map(
    tensorShapes(spec).flatMap(({ name, role }): [string, string][] => {
      const kind = CLASSES[role];
      if (kind === undefined) return [];
      const count = used.get(kind) ?? 0;
      used.set(kind, count + 1);
      return [[layerOf(name), count === 0 ? kind : `${kind}_${count}`]];
    }),
  );
}
