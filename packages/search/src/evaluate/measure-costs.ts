import type { PreparedBackend } from "@efficientnet/backends";
import type { Measured } from "@efficientnet/nas";
import { type ArchitectureSpec, countMacs, countParameters } from "@efficientnet/specs";
import { tfjsDevice } from "../measure/tfjs-device.js";
import { timeTasks } from "../measure/time-networks.js";
import type { EvaluateContext } from "../shards/outcome.js";
import type { TrainingEvaluation } from "./training-evaluation.js";
import { openTrainingStep } from "./training-step-task.js";

export interface MeasureCostsOptions extends Pick<TrainingEvaluation, "imageSize" | "batchSize"> {
  /** The network that step times are relative to. */
  readonly reference: ArchitectureSpec;
}

/**
 * What a network costs, by count and by the clock, warm, the medians of 7 turns:
 *
 * - `stepTime`: milliseconds of a training step; `stepRatio`: that over the reference's, timed in the same turns, so that
 *   neither another machine nor a slower hour changes it
 * - `latency`: milliseconds of inference for one picture
 * - `anchor`: milliseconds of a small network in between, by which a drift of the machine shows
 * - `parameters`, `macs`: exact
 */
export async function measureCosts(
  backend: PreparedBackend,
  spec: ArchitectureSpec,
  { imageSize, batchSize, reference }: MeasureCostsOptions,
  { signal }: EvaluateContext = {},
): Promise<Measured> {
  const device = tfjsDevice(backend);
  const step = (network: ArchitectureSpec) => () => openTrainingStep(backend, network, { imageSize, batch: batchSize });
  const inference = () => device.openNetwork(spec, { imageSize, batch: 1 });
  const turns = { rounds: 7, warmUpMs: 20, signal };
  const { spreads, drift } = await timeTasks(device, [inference, step(spec), step(reference)], turns);
  const [latency = Number.NaN, stepTime = Number.NaN, referenceTime = Number.NaN] = spreads.map(({ median }) => median);
  return {
    stepTime,
    stepRatio: stepTime / referenceTime,
    latency,
    parameters: countParameters(spec).trainable,
    macs: countMacs(spec, imageSize).total,
    anchor: drift.anchorMs,
  };
}
