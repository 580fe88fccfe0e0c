import type { NetworkParams } from "@efficientnet/model";
import { type SaveWeightsOptions, saveWeights } from "@efficientnet/weights";
import type { TrainedNetwork } from "../trainer.js";
import { readTensors } from "./read-tensors.js";

/** A network's tensors as a file that describes itself. */
export async function savedWeights(
  { spec, labels, preprocess }: TrainedNetwork,
  params: NetworkParams,
  options: Pick<SaveWeightsOptions, "names" | "dtype"> = {},
): Promise<Uint8Array> {
  const values = await readTensors(params);
  return saveWeights({ ...options, spec, labels, preprocess, read: (name) => values.get(name)!.values });
}
