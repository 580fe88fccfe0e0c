import { type ArchitectureSpec, type TensorRole, tensorShapes } from "@efficientnet/specs";

const DECAYS: Readonly<Record<TensorRole, boolean>> = {
  "conv-kernel": true,
  "depthwise-kernel": true,
  "dense-kernel": true,
  bias: false,
  gamma: false,
  beta: false,
  mean: false,
  variance: false,
};

/** The tensors that weight decay draws to 0: kernels. Source: `weight_decay_exclude` of google/automl efficientnetv2. */
export function decayedNames(spec: ArchitectureSpec): ReadonlySet<string> {
  return new Set(
    tensorShapes(spec)
      .filter(({ role }) => DECAYS[role])
      .map(({ name }) => name),
  );
}
