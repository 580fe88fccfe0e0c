import { EfficientNetError } from "@efficientnet/errors";
import * as tf from "@tensorflow/tfjs-core";

/** What a convolution's gradients need of its attributes. */
function geometryOf(
  kernelName: string,
  { strides = 1, pad = 0, dataFormat, dilations }: tf.NamedAttrMap,
): tf.NamedAttrMap {
  if (![dilations ?? 1].flat().every((dilation) => dilation === 1)) {
    throw new EfficientNetError("unsupported", `the gradient of ${kernelName} is not defined for dilated kernels`, {
      expected: "dilations of 1",
      received: `dilations of ${[dilations].flat().join(" x ")}`,
    });
  }
  return { strides, pad, dilations: 1, ...(dataFormat === undefined ? {} : { dataFormat }) };
}

/** Both gradients are kernels of their own; where none is asked for, as for the picture at the input, none is run. */
function convolution(kernelName: string): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: ["x", "filter"],
    gradFunc: (dy, saved, attributes) => {
      const geometry = geometryOf(kernelName, attributes);
      const [x, filter] = saved as [tf.Tensor, tf.Tensor];
      const run = (kernel: string, inputs: tf.NamedTensorMap, shape: tf.NamedAttrMap): tf.Tensor =>
        tf.engine().runKernel(`${kernelName}${kernel}`, { dy: dy as tf.Tensor, ...inputs }, { ...geometry, ...shape });
      return {
        x: () => run("BackpropInput", { filter }, { inputShape: x.shape }),
        filter: () => run("BackpropFilter", { x }, { filterShape: filter.shape }),
      };
    },
  };
}

/** Products of matrices: each gradient is a product of dy and the other operand. */
const matMul: tf.GradConfig = {
  kernelName: "BatchMatMul",
  inputsToSave: ["a", "b"],
  gradFunc: (dy, saved, attributes) => {
    const [a, b] = saved as [tf.Tensor, tf.Tensor];
    const { transposeA, transposeB } = attributes as { transposeA: boolean; transposeB: boolean };
    const output = dy as tf.Tensor;
    return {
      a: () => (transposeA ? tf.matMul(b, output, transposeB, true) : tf.matMul(output, b, false, !transposeB)),
      b: () => (transposeB ? tf.matMul(output, a, true, transposeA) : tf.matMul(a, output, !transposeA, false)),
    };
  },
};

/** Gradients of the linear maps. */
export const LINEAR: readonly tf.GradConfig[] = [convolution("Conv2D"), convolution("DepthwiseConv2dNative"), matMul];
