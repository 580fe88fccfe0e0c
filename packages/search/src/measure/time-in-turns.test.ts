import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeClock, fakeClock } from "../testing/fake-device.js";
import { driftOf, formatDrift } from "./drift.js";
import { quantile, spreadOf } from "./spread.js";
import type { Task } from "./task.js";
import { timeInTurns } from "./time-in-turns.js";

let clock: FakeClock;

beforeEach(() => {
  clock = fakeClock();
  vi.spyOn(performance, "now").mockImplementation(clock.now);
});

afterEach(() => vi.restoreAllMocks());

function task(name: string, millisecondsOf: (turn: number) => number, log: string[] = []): Task {
  let turn = 0;
  return {
    name,
    async run(times) {
      clock.pass(times * millisecondsOf(turn));
      log.push(name);
      turn += 1;
    },
    dispose: () => undefined,
  };
}

describe("timeInTurns", () => {
  it("gives every task a turn in each round, the anchor first", async () => {
    const log: string[] = [];
    const tasks = ["a", "b", "c"].map((name) => task(name, () => 5, log));
    await timeInTurns(
      tasks,
      task("anchor", () => 5, log),
      { rounds: 4, warmUpMs: 0 },
    );
    const turns = log.slice(-16);
    expect(turns.filter((_, i) => i % 4 === 0)).toEqual(["anchor", "anchor", "anchor", "anchor"]);
    for (let round = 0; round < 4; round++) {
      expect(turns.slice(4 * round, 4 * round + 4).sort()).toEqual(["a", "anchor", "b", "c"]);
    }
  });

  it("times one run, however many a turn repeats", async () => {
    const { spreads } = await timeInTurns(
      [task("short", () => 0.25), task("long", () => 40)],
      task("anchor", () => 1),
    );
    expect(spreads.map(({ median, count }) => [median, count])).toEqual([
      [0.25, 11],
      [40, 11],
    ]);
  });

  it("leaves the warm-up out", async () => {
    const slowAtFirst = task("slow at first", (turn) => (turn < 3 ? 50 : 10));
    const { spreads } = await timeInTurns(
      [slowAtFirst],
      task("anchor", () => 1),
      { warmUpMs: 100 },
    );
    expect(spreads[0]?.upperQuartile).toBe(10);
  });

  it("notices that the machine slows down", async () => {
    const { drift } = await timeInTurns(
      [task("a", () => 5)],
      task("anchor", (turn) => (turn < 8 ? 10 : 13)),
      {
        rounds: 12,
        warmUpMs: 0,
      },
    );
    expect(drift).toEqual({ anchorMs: 11.5, ratio: 1.3, steady: false });
    expect(formatDrift(drift)).toMatchInlineSnapshot(
      `"the machine slowed down by 30 % while measuring (anchor 11.50 ms)"`,
    );
  });

  it("ends between two turns when it is aborted", async () => {
    const controller = new AbortController();
    const aborting = task("a", (turn) => {
      if (turn === 4) controller.abort();
      return 5;
    });
    const ended = timeInTurns(
      [aborting],
      task("anchor", () => 5),
      { warmUpMs: 0, signal: controller.signal },
    );
    await expect(ended).rejects.toMatchObject({ code: "aborted" });
  });

  it("refuses rounds that have no thirds", async () => {
    const refused = timeInTurns(
      [],
      task("anchor", () => 1),
      { rounds: 2 },
    );
    await expect(refused).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: rounds is 2
        expected: a whole number from 3]
    `);
  });
});

describe("driftOf", () => {
  it("holds the last third of an anchor's times against the first", () => {
    expect(driftOf([10, 10, 10, 50, 50, 50, 5, 5, 5])).toEqual({ anchorMs: 10, ratio: 0.5, steady: false });
    expect(formatDrift(driftOf([2, 2, 2.1]))).toMatchInlineSnapshot(
      `"the machine kept its speed while measuring (anchor 2.00 ms)"`,
    );
    expect(formatDrift(driftOf([2, 2, 1]))).toMatchInlineSnapshot(
      `"the machine sped up by 50 % while measuring (anchor 2.00 ms)"`,
    );
  });
});

describe("spreadOf", () => {
  it("interpolates between the two nearest values", () => {
    expect(spreadOf([4, 1, 3, 2])).toEqual({ min: 1, lowerQuartile: 1.75, median: 2.5, upperQuartile: 3.25, count: 4 });
    expect(quantile([], 0.5)).toBeNaN();
  });
});
