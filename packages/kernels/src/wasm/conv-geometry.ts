import { EfficientNetError } from "@efficientnet/errors";
import * as tf from "@tensorflow/tfjs-core";

/** The words of `Geometry` in assembly/windows.ts, in order. */
export interface ConvGeometry {
  readonly words: readonly number[];
  readonly outShape: readonly number[];
}

type Shape4 = [number, number, number, number];

/** True for the convolutions that the kernels here know: channels last, and no gaps between taps. */
export function isPlain({ dilations, dataFormat }: tf.NamedAttrMap): boolean {
  return (dataFormat ?? "NHWC") === "NHWC" && [dilations ?? 1].flat().every((dilation) => dilation === 1);
}

/**
 * What a convolution looks like from its input's and kernel's shapes and tfjs's attributes.
 *
 * @throws `unsupported` for a depthwise kernel with more than one output per channel.
 */
export function geometryOf(
  inShape: readonly number[],
  kernelShape: readonly number[],
  { strides, pad, dimRoundingMode }: tf.NamedAttrMap,
  depthwise = false,
): ConvGeometry {
  const info = tf.backend_util.computeConv2DInfo(
    inShape as Shape4,
    kernelShape as Shape4,
    strides as number,
    1,
    pad as number,
    dimRoundingMode as "floor" | undefined,
    depthwise,
  );
  if (depthwise && info.outChannels !== info.inChannels) {
    throw new EfficientNetError("unsupported", "a depthwise kernel has several outputs for each channel", {
      expected: `${info.inChannels} output channels`,
      received: `${info.outChannels}`,
    });
  }
  const words = [
    ...[info.batchSize, info.inHeight, info.inWidth, info.inChannels],
    ...[info.outHeight, info.outWidth, info.outChannels],
    ...[info.filterHeight, info.filterWidth, info.strideHeight, info.strideWidth],
    ...[info.padInfo.top, info.padInfo.left],
  ];
  return { words, outShape: info.outShape };
}
