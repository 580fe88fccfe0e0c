import { readSafetensors } from "@efficientnet/weights";

/** The tensors of a file by name. */
export const tensorsOf = (bytes: Uint8Array): ReadonlyMap<string, Float32Array> =>
  new Map([...readSafetensors(bytes).tensors].map(([name, tensor]) => [name, tensor.read()]));
