import type { PreprocessSpec } from "@efficientnet/specs";

/** The same preprocessing for another size of input; margins that are cut off keep their share. */
export function preprocessAt(preprocess: PreprocessSpec, size: number): PreprocessSpec {
  const { fit } = preprocess;
  if (size === preprocess.size) return preprocess;
  return fit.mode === "crop-resize"
    ? { ...preprocess, size }
    : { ...preprocess, size, fit: { ...fit, resizeTo: Math.round((fit.resizeTo * size) / preprocess.size) } };
}
