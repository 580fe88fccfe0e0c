import { EfficientNetError } from "@efficientnet/errors";
import type { ArchitectureSpec } from "@efficientnet/specs";
import { validateSpec } from "@efficientnet/specs";
import { splitNetwork } from "./loop/split-network.js";
import type { TrainingSettings } from "./settings.js";
import type { TrainedNetwork } from "./trainer.js";

/** Input pixels for one pixel of the last map. */
function totalStride({ stem, stages }: ArchitectureSpec): number {
  return stages.reduce((product, { stride }) => product * stride, stem.stride);
}

/**
 * Throws unless a network can be trained with these settings.
 *
 * @throws `invalid-argument` naming the value; `unknown-name` for a part to train from.
 */
export function checkSettings({ spec, labels }: TrainedNetwork, settings: TrainingSettings): void {
  validateSpec(spec);
  if (spec.head.classes !== labels.length || labels.length < 2) {
    throw new EfficientNetError(
      "invalid-argument",
      `${spec.name} has ${spec.head.classes ?? "no"} classes, and there are ${labels.length} labels`,
      {
        expected: "a label for each class, at least two",
        hint: "take withClasses(spec, labels.length)",
      },
    );
  }
  splitNetwork(spec, settings.trainFrom);
  checkNumbers(settings);
  const stride = totalStride(spec);
  for (const { index, imageSize, batchSize } of settings.schedule) {
    if (Number.isInteger(imageSize) && imageSize >= stride && Number.isInteger(batchSize)) continue;
    throw new EfficientNetError(
      "invalid-argument",
      `stage ${index} has batches of ${batchSize} images of ${imageSize} pixels`,
      {
        expected: `whole numbers, and at least ${stride} pixels, the stride of ${spec.name}`,
        ...(Number.isInteger(imageSize) ? {} : { hint: "give the recipe's imageSize a rounding" }),
      },
    );
  }
}

type Bounds = readonly [name: string, value: number | null, least: number, below: number];

function checkNumbers({
  seed,
  weightDecay,
  labelSmoothing,
  average,
  clipNorm,
  microBatch,
  schedule,
}: TrainingSettings): void {
  if (schedule.length === 0) throw new EfficientNetError("invalid-argument", "the schedule has no stages");
  const bounds: readonly Bounds[] = [
    ["seed", seed, 0, 2 ** 32],
    ["weightDecay.rate", weightDecay.rate, 0, Number.POSITIVE_INFINITY],
    ["labelSmoothing", labelSmoothing, 0, 1],
    ["average.decay", average?.decay ?? null, 0, 1],
    ["clipNorm", clipNorm, Number.MIN_VALUE, Number.POSITIVE_INFINITY],
    ["microBatch", microBatch, 1, Number.POSITIVE_INFINITY],
  ];
  for (const [name, value, least, below] of bounds) {
    if (value === null || (value >= least && value < below)) continue;
    throw new EfficientNetError("invalid-argument", `${name} is ${value}`, {
      expected: `a number from ${least} and below ${below}`,
    });
  }
}
