import { EfficientNetError, formatShape } from "@efficientnet/errors";
import type { TensorShape } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";
import type { ReadTensor } from "./fold-batch-norm.js";
import { disposeParams, type NetworkParams } from "./params.js";

/** How to watch loading, and to stop it. */
export interface LoadParamsOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the share done, 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** A page must be able to draw while a large net loads: let other work in after so many values. */
const VALUES_BETWEEN_PAUSES = 4_000_000;

/**
 * Puts tensors onto the active backend one at a time, so that at no moment two copies of a whole checkpoint are held.
 * When a read fails or the signal fires, what was made is disposed and nothing is left behind.
 *
 * @throws `aborted`; `wrong-shape` for values that do not fill their shape; what `read` throws.
 */
export async function loadParams(
  shapes: readonly TensorShape[],
  read: ReadTensor,
  { signal, onProgress }: LoadParamsOptions = {},
): Promise<NetworkParams> {
  const params = new Map<string, tf.Tensor>();
  const backend = tf.getBackend();
  let sincePause = 0;
  try {
    for (const tensor of shapes) {
      params.set(tensor.name, createTensor(tensor, read(tensor)));
      sincePause += tf.util.sizeFromShape([...tensor.shape]);
      onProgress?.(params.size / shapes.length);
      if (sincePause >= VALUES_BETWEEN_PAUSES) {
        sincePause = 0;
        await new Promise((resolve) => setTimeout(resolve));
        returnTo(backend);
      }
      if (signal?.aborted) throw new EfficientNetError("aborted", "loading was aborted", { cause: signal.reason });
    }
  } catch (error) {
    disposeParams(params);
    throw error;
  }
  return params;
}

/** A network on another backend may have run in the pause; tfjs would put the next tensors where that one ran. */
function returnTo(backend: string): void {
  if (tf.getBackend() === backend) return;
  if (tf.engine().registry[backend] === undefined) {
    throw new EfficientNetError("disposed", `the ${backend} backend was freed while parameters were loaded onto it`);
  }
  // A backend that the engine has made is active at once; with an await another network could run in between.
  void tf.setBackend(backend);
}

function createTensor(tensor: TensorShape, values: Float32Array): tf.Tensor {
  if (values.length !== tf.util.sizeFromShape([...tensor.shape])) {
    throw new EfficientNetError("wrong-shape", `${tensor.name} has ${values.length} values`, {
      expected: formatShape(tensor.shape),
    });
  }
  return tf.tensor(values, [...tensor.shape], "float32");
}
