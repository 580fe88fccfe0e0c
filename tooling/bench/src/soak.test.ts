import { describe, expect, it } from "vitest";
import { soak } from "./run-soak.js";

describe("a short soak", () => {
  it("stops runs half-way, loads networks again and again, and leaves no thread and no memory behind", async () => {
    const { inferences, loads, levels } = await soak({ inferences: 600, inWorkers: false, print: () => undefined });
    expect(inferences).toBeGreaterThanOrEqual(600);
    expect(loads).toBeGreaterThan(4);
    // What the system counts needs more than 600 inferences to settle.
    const { megabytes: _, ...steady } = levels;
    for (const [name, { late, most }] of Object.entries(steady)) expect(late, name).toBeLessThanOrEqual(most);
  });
});
