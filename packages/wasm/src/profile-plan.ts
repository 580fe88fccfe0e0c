import { type Plan, type StepCost, stepCosts } from "@efficientnet/plan";
import { checkAborted } from "./check-aborted.js";
import { checkChannels } from "./check-channels.js";
import { bufferAddress } from "./encode-steps.js";
import { instantiate } from "./instance.js";
import { chooseBuild, type KernelBuild } from "./kernel-build.js";
import { type MachineSpeed, measureMachine } from "./machine-speed.js";
import { suitsWinograd, winogradMacs } from "./winograd.js";

export interface ProfileOptions {
  /** Whole passes of which each step's fastest counts, 20 by default. */
  readonly runs?: number | undefined;
  /** By default the fastest that this JavaScript engine accepts. */
  readonly build?: KernelBuild | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One step: what it costs, how long it takes, and how long it would take at the machine's best. */
export interface StepProfile extends StepCost {
  readonly milliseconds: number;
  /** Those that the kernel does: in Winograd's form fewer than `macs`, which the definition of the step takes. */
  readonly multiplyAdds: number;
  /** The larger of these multiply-adds at the measured peak and its bytes, each moved once, at the measured bandwidth. */
  readonly floorMs: number;
  /** `floorMs / milliseconds`: 1 is the best there is. */
  readonly ratio: number;
}

export interface PlanProfile {
  readonly build: KernelBuild;
  readonly machine: MachineSpeed;
  readonly steps: readonly StepProfile[];
  /** Sums over the steps. */
  readonly milliseconds: number;
  readonly floorMs: number;
  /** All multiply-adds that are done over all time, as a share of the measured peak. */
  readonly peakShare: number;
}

/**
 * Times every step of a plan on one thread, in whole passes, so that each finds the caches as the step before left them,
 * beside what the machine could do at best, which is measured with the same kernels.
 *
 * @throws What `createEngine` throws.
 */
export async function profilePlan(plan: Plan, options: ProfileOptions = {}): Promise<PlanProfile> {
  const { runs = 20, signal } = options;
  checkAborted(signal);
  checkChannels(plan);
  const build = chooseBuild(options.build);
  const instance = await instantiate(plan, build, 1);
  const { kernels, layout, memory } = instance;
  const now = () => performance.now();
  const machine = measureMachine(instance, now);
  const { height = 0, width = 0, channels = 0 } = plan.buffers[plan.input] ?? {};
  const input = new Float32Array(
    memory.buffer,
    bufferAddress(plan, layout)(plan.input),
    plan.batch * height * width * channels,
  );
  const [scratch = 0] = layout.scratch;
  const times = plan.steps.map(() => Number.POSITIVE_INFINITY);
  for (let run = 0; run < runs; run++) {
    checkAborted(signal);
    // The arena gives the input's place to later maps; any values of a picture's size will do.
    for (let i = 0; i < input.length; i++) input[i] = ((i * 7919) % 1021) / 510 - 1;
    for (const [i] of plan.steps.entries()) {
      const start = now();
      kernels.execute(layout.steps + i * layout.stepBytes, 1, plan.batch, 0, 1, scratch, 1);
      times[i] = Math.min(times[i] ?? 0, now() - start);
    }
  }
  const steps = stepCosts(plan).map((cost, i): StepProfile => {
    const milliseconds = times[i] ?? 0;
    const step = plan.steps[i];
    const multiplyAdds = step?.kind === "conv" && suitsWinograd(plan, step) ? winogradMacs(plan, step) : cost.macs;
    const compute = multiplyAdds / machine.macsPerSecond;
    const floorMs = 1000 * Math.max(compute, (cost.mapBytes + cost.weightBytes) / machine.bytesPerSecond);
    return { ...cost, multiplyAdds, milliseconds, floorMs, ratio: floorMs / milliseconds };
  });
  const sum = (part: "milliseconds" | "floorMs" | "multiplyAdds") =>
    steps.reduce((total, step) => total + step[part], 0);
  const milliseconds = sum("milliseconds");
  const peakShare = sum("multiplyAdds") / (machine.macsPerSecond * (milliseconds / 1000));
  return { build, machine, steps, milliseconds, floorMs: sum("floorMs"), peakShare };
}
