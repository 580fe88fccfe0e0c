import { readFileSync } from "node:fs";
import { seededRandom } from "@efficientnet/random";
import { describe, expect, it } from "vitest";
import { STRATEGY_NAMES } from "../index.js";
import { sampleGenotype } from "../strategies.js";
import { landscape, raceOnce, space } from "../testing/landscape.js";

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const race = (samples: number) =>
  STRATEGY_NAMES.map((name) => ({ name, best: SEEDS.map((seed) => raceOnce({ name }, seed, samples)) }));
const [after100, after500] = [race(100), race(500)];

describe("on a landscape whose best network is known", () => {
  it("evolution and the controller beat random search at 500 samples, on every one of 20 seeds", () => {
    const [random, ...others] = after500.map(({ best }) => best);
    for (const best of others) {
      // The means are a quarter apart, and the searches are the same on every machine.
      expect(mean(best)).toBeGreaterThan(mean(random ?? []) + 0.15);
      best.forEach((reached, seed) => {
        expect(reached).toBeGreaterThan(random?.[seed] ?? 1);
      });
    }
  });

  it("both come within 5 % of the best of all in the mean", () => {
    for (const { best } of after500.slice(1)) expect(mean(best)).toBeGreaterThan(0.95);
  });

  it("random networks are far from the best", () => {
    const rewards = SEEDS.map((seed) => landscape(seed)(sampleGenotype(space, seededRandom(seed))));
    expect(mean(rewards)).toBeLessThan(0.6);
  });

  it("the README shows what this race prints", () => {
    const rows = after500.map(({ name, best }, index) => {
      const [early, late] = [after100[index]?.best ?? [], best].map((all) => mean(all).toFixed(3));
      return `| ${name} | ${early} | ${late} | ${Math.min(...best).toFixed(3)} | ${Math.max(...best).toFixed(3)} |`;
    });
    console.log(rows.join("\n"));
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    expect(rows.filter((row) => !readme.includes(row))).toEqual([]);
  });
});
