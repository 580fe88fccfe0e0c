import { EfficientNetError } from "@efficientnet/errors";
import type { Plan } from "@efficientnet/plan";

/** @throws `unsupported` for a depthwise step of fewer channels than a vector has. */
export function checkChannels(plan: Plan): void {
  for (const step of plan.steps) {
    const { channels = 0 } = plan.buffers[step.output] ?? {};
    if (step.kind !== "depthwise" || channels >= 4) continue;
    throw new EfficientNetError("unsupported", `${step.name} has ${channels} channels`, {
      expected: "at least 4 channels in a depthwise convolution",
    });
  }
}
