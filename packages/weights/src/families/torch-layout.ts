import type { FamilyNames } from "./family.js";

/** What every PyTorch family shares: OIHW kernels, [out, in] matrices, batch-norm names, wrappers around a model. */
export const TORCH_LAYOUT: Pick<FamilyNames, "separator" | "parameters" | "axes" | "normalise" | "ignorable"> = {
  separator: ".",
  parameters: {
    "conv-kernel": "weight",
    "depthwise-kernel": "weight",
    "dense-kernel": "weight",
    bias: "bias",
    gamma: "weight",
    beta: "bias",
    mean: "running_mean",
    variance: "running_var",
  },
  axes: { "conv-kernel": [2, 3, 1, 0], "depthwise-kernel": [2, 3, 0, 1], "dense-kernel": [1, 0] },
  // Prefixes left by DataParallel, torch.compile and training wrappers.
  normalise: (name) => name.replace(/^(?:(?:module|_orig_mod|model)\.)+/, ""),
  // The second counts the models in an average.
  ignorable: /(?:\.num_batches_tracked|^n_averaged)$/,
};
