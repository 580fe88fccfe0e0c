/** What the variables of one layer are; names are missing where the layer is of no kind that a network here has. */
export interface LayerVariables {
  readonly kind: "normalization" | "batch-norm" | "kernel" | "other";
  readonly names: readonly string[];
}

/**
 * Keras 3 stores the variables of a layer by number, in the order in which the layer made them. The numbers of their
 * axes tell the layers of these networks apart.
 *
 * Source: keras-team/keras, `build` of keras/src/layers/{convolutional/base_conv,core/dense,
 * normalization/batch_normalization,preprocessing/normalization}.py.
 */
export function variableNames(shapes: readonly (readonly number[])[]): LayerVariables {
  const ranks = shapes.map((shape) => shape.length).join();
  if (ranks === "1,1,0") return { kind: "normalization", names: ["mean", "variance", "count"] };
  if (ranks === "1,1,1,1") return { kind: "batch-norm", names: ["gamma", "beta", "moving_mean", "moving_variance"] };
  if (/^[24](?:,1)?$/.test(ranks)) return { kind: "kernel", names: ["kernel", "bias"] };
  return { kind: "other", names: [] };
}
