import type { ConvStep } from "@efficientnet/plan";
import { describe, expect, it } from "vitest";
import { profilePlan } from "./profile-plan.js";
import { BUILDS } from "./testing/builds.js";
import { smallPlan } from "./testing/small-plan.js";
import { type MapSize, stepPlan } from "./testing/step-plan.js";

describe.each(BUILDS)("a profile in the %s build", (build) => {
  it("times every step of the plan and holds it against the machine's best", async () => {
    const plan = smallPlan();
    const profile = await profilePlan(plan, { build, runs: 2 });
    expect(profile.build).toBe(build);
    expect(profile.steps.map(({ name }) => name)).toEqual(plan.steps.map(({ name }) => name));
    const { macsPerSecond, bytesPerSecond } = profile.machine;
    for (const { milliseconds, floorMs, ratio, multiplyAdds, macs, mapBytes, weightBytes } of profile.steps) {
      expect(milliseconds).toBeGreaterThan(0);
      expect(multiplyAdds).toBeLessThanOrEqual(macs);
      const seconds = Math.max(multiplyAdds / macsPerSecond, (mapBytes + weightBytes) / bytesPerSecond);
      expect(floorMs).toBeCloseTo(1000 * seconds, 9);
      expect(ratio).toBeCloseTo(floorMs / milliseconds, 9);
    }
    expect(profile.milliseconds).toBeCloseTo(
      profile.steps.reduce((sum, step) => sum + step.milliseconds, 0),
      9,
    );
  });

  it("counts the multiply-adds that Winograd's form does, 36 and 81 for every 16 outputs instead of 144", async () => {
    const conv: ConvStep = {
      ...{ kind: "conv", name: "conv", input: 0, output: 1, kernel: 0, bias: 1, gate: null, residual: null },
      ...{ kernelSize: 3, stride: 1, padTop: 1, padLeft: 1, activation: null, border: null },
    };
    const constants = [new Float32Array(9 * 16 * 16), new Float32Array(16)];
    const count = async (stride: 1 | 2) => {
      const maps: readonly MapSize[] = [
        [8, 8, 16],
        [8 / stride, 8 / stride, 16],
      ];
      const { steps } = await profilePlan(stepPlan({ ...conv, stride }, 1, maps, constants), { build, runs: 1 });
      return steps.map(({ macs, multiplyAdds }) => [macs / 256, multiplyAdds / 256]);
    };
    expect(await count(1)).toEqual([[9 * 64, 4 * 36]]);
    expect(await count(2)).toEqual([[9 * 16, 81]]);
  });

  it("stops when it is told to", async () => {
    const signal = AbortSignal.abort();
    await expect(profilePlan(smallPlan(), { build, signal })).rejects.toMatchObject({ code: "aborted" });
  });
});
