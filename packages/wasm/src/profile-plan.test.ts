import { describe, expect, it } from "vitest";
import { profilePlan } from "./profile-plan.js";
import { BUILDS } from "./testing/builds.js";
import { smallPlan } from "./testing/small-plan.js";

describe.each(BUILDS)("a profile in the %s build", (build) => {
  it("times every step of the plan and holds it against the machine's best", async () => {
    const plan = smallPlan();
    const profile = await profilePlan(plan, { build, runs: 2 });
    expect(profile.build).toBe(build);
    expect(profile.steps.map(({ name }) => name)).toEqual(plan.steps.map(({ name }) => name));
    const { macsPerSecond, bytesPerSecond } = profile.machine;
    for (const { milliseconds, floorMs, ratio, macs, mapBytes, weightBytes } of profile.steps) {
      expect(milliseconds).toBeGreaterThan(0);
      const seconds = Math.max(macs / macsPerSecond, (mapBytes + weightBytes) / bytesPerSecond);
      expect(floorMs).toBeCloseTo(1000 * seconds, 9);
      expect(ratio).toBeCloseTo(floorMs / milliseconds, 9);
    }
    expect(profile.milliseconds).toBeCloseTo(
      profile.steps.reduce((sum, step) => sum + step.milliseconds, 0),
      9,
    );
  });

  it("stops when it is told to", async () => {
    const signal = AbortSignal.abort();
    await expect(profilePlan(smallPlan(), { build, signal })).rejects.toMatchObject({ code: "aborted" });
  });
});
