/**
 * An optimiser as data.
 *
 * - `rmsprop`: TensorFlow's form, which trained every released EfficientNet. The mean square starts at 1, epsilon is
 *   inside the root, the learning rate inside the momentum; PyTorch's form differs in all three and diverges at these
 *   learning rates.
 * - `sgd`: momentum, looked ahead (Nesterov) or not; momentum 0 is plain descent.
 * - `adamw`: Adam with bias correction.
 * - `lion`: the sign of an average; wants a learning rate 3 to 10 times smaller than AdamW's.
 */
export type OptimiserSpec =
  | { readonly kind: "rmsprop"; readonly decay: number; readonly momentum: number; readonly epsilon: number }
  | { readonly kind: "sgd"; readonly momentum: number; readonly nesterov: boolean }
  | { readonly kind: "adamw"; readonly beta1: number; readonly beta2: number; readonly epsilon: number }
  | { readonly kind: "lion"; readonly beta1: number; readonly beta2: number };

/** The optimiser of one kind. */
export type OptimiserOf<Kind extends OptimiserSpec["kind"]> = Extract<OptimiserSpec, { readonly kind: Kind }>;

/**
 * How kernels are drawn to 0. Biases, gamma and beta are spared.
 *
 * - `l2`: `rate * weight` is added to the gradient, as in the released code, and passes through the optimiser.
 * - `decoupled`: `learningRate * rate * weight` is taken off the weight beside the optimiser's step (AdamW).
 */
export interface WeightDecay {
  readonly form: "l2" | "decoupled";
  readonly rate: number;
}

/** The released code's: decay 0.9, momentum 0.9, epsilon 1e-3. Source: google/automl efficientnetv2 `hparams.py`. */
export const EFFICIENTNET_RMSPROP: OptimiserSpec = { kind: "rmsprop", decay: 0.9, momentum: 0.9, epsilon: 1e-3 };
