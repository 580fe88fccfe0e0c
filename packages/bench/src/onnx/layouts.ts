/** `[a, b, c, d]` to `[shape[order[0]], ...]`, as `tf.transpose` and `numpy.transpose` do it. */
export function transpose(
  values: Float32Array,
  shape: readonly number[],
  order: readonly [number, number, number, number],
): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const [sizeA = 1, sizeB = 1, sizeC = 1, sizeD = 1] = order.map((axis) => shape[axis] ?? 1);
  const [stepA = 0, stepB = 0, stepC = 0, stepD = 0] = order.map((axis) => strides[axis] ?? 0);
  const result = new Float32Array(values.length);
  let at = 0;
  for (let a = 0; a < sizeA; a++)
    for (let b = 0; b < sizeB; b++)
      for (let c = 0; c < sizeC; c++)
        for (let d = 0; d < sizeD; d++) result[at++] = values[a * stepA + b * stepB + c * stepC + d * stepD] ?? 0;
  return result;
}

/** TensorFlow's pictures `[N,H,W,C]` to ONNX's `[N,C,H,W]`. */
export const toNchw = (values: Float32Array, shape: readonly number[]) => transpose(values, shape, [0, 3, 1, 2]);

/** Kernels `[height, width, in, out]` (depthwise `[height, width, channels, 1]`) to ONNX's `[out, in / groups, height, width]`. */
export const toOihw = (values: Float32Array, shape: readonly number[], depthwise: boolean) =>
  transpose(values, shape, depthwise ? [2, 3, 0, 1] : [3, 2, 0, 1]);

/**
 * Pixels around a convolution's input, `[top, left, bottom, right]`, for a square input. TensorFlow's SAME depends on
 * the size, and its odd pixel goes to the bottom right.
 */
export function onnxPads(
  padding: "same" | "symmetric",
  size: number,
  kernelSize: number,
  stride: number,
): readonly [number, number, number, number] {
  const total =
    padding === "same" ? Math.max((Math.ceil(size / stride) - 1) * stride + kernelSize - size, 0) : kernelSize - 1;
  const before = Math.floor(total / 2);
  return [before, before, total - before, total - before];
}
