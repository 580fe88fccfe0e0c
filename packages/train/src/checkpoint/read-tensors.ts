import type { TensorValues } from "@efficientnet/weights";
import type { TensorMap } from "../optimise/optimiser.js";

/** The values of tensors, read from the device one after another. */
export async function readTensors(tensors: TensorMap): Promise<ReadonlyMap<string, TensorValues>> {
  const values = new Map<string, TensorValues>();
  for (const [name, tensor] of tensors) {
    values.set(name, { shape: tensor.shape, values: (await tensor.data()) as Float32Array });
  }
  return values;
}
