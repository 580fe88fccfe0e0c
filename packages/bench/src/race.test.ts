import { describe, expect, it } from "vitest";
import { type Engine, enginesFor } from "./engine.js";
import type { Hosts } from "./hosts.js";
import { race, turnOrder } from "./race.js";
import type { Task } from "./task.js";

const task: Task = { model: "test-efficientnet", batch: 1, size: 64, seed: 1, statistics: {} };
const options = { rounds: 4, runs: 3, warmUpMs: 0 };
const engines = enginesFor("wasm", ["tfjs", "tfjs-separate", "onnxruntime-node"], [2]);
const [ours, folded, separate, onnx] = engines as [Engine, Engine, Engine, Engine];

interface Fake {
  readonly answer?: readonly number[];
  readonly fails?: string;
  /** The time of a run, from how often all engines were timed before. */
  readonly time?: (turn: number) => number;
}

/** Hosts that compute nothing and answer as they are told; `turns` gathers who was timed, in order. */
function fakeHosts(fakes: ReadonlyMap<Engine, Fake>): { hosts: Hosts; turns: Engine[] } {
  const turns: Engine[] = [];
  const host = {
    async open(engine: Engine) {
      const reason = fakes.get(engine)?.fails;
      if (reason !== undefined) throw new Error(reason);
      return `a fake ${engine.kind}`;
    },
    answer: async (engine: Engine) => Float32Array.from(fakes.get(engine)?.answer ?? [1, -1]),
    async time(engine: Engine, count: number) {
      turns.push(engine);
      return new Array<number>(count).fill(fakes.get(engine)?.time?.(turns.length) ?? 10);
    },
    close: async () => undefined,
    end: async () => undefined,
  };
  return { hosts: { next: () => host, end: host.end }, turns };
}

describe("race", () => {
  it("gives every contestant one turn in each round", async () => {
    const { hosts, turns } = fakeHosts(new Map());
    await race(engines, task, hosts, options);
    expect(turns.length).toBe(16);
    for (let round = 0; round < 4; round++) {
      expect(new Set(turns.slice(4 * round, 4 * round + 4))).toEqual(new Set(engines));
    }
  });

  it("reports each time beside its ratio to ours in the same round", async () => {
    const slowLater = (scale: number) => (turn: number) => scale * Math.ceil(turn / 4);
    const fakes = new Map([
      [ours, { time: slowLater(10) }],
      [folded, { time: slowLater(15) }],
    ]);
    const { timed } = await race(engines, task, fakeHosts(fakes).hosts, options);
    expect(timed[0]).toMatchObject({ name: "ours, 2 threads", times: [10, 20, 30, 40], ratio: { median: 1 } });
    expect(timed[1]).toMatchObject({
      name: "tfjs, folded batch norm",
      description: "a fake tfjs",
      times: [15, 30, 45, 60],
      milliseconds: { median: 37.5, min: 15 },
      ratio: { min: 1.5, median: 1.5, upperQuartile: 1.5, count: 4 },
    });
  });

  it("does not time what computes other logits", async () => {
    const { hosts, turns } = fakeHosts(new Map([[separate, { answer: [1, -1.001] }]]));
    const result = await race(engines, task, hosts, options);
    expect(result.disagreement).toBe(true);
    expect(result.timed.map(({ name }) => name)).not.toContain("tfjs, separate batch norm");
    expect(turns).not.toContain(separate);
    expect(result.leftOut).toMatchInlineSnapshot(`
      [
        {
          "name": "tfjs, separate batch norm",
          "reason": "its logits differ from ours by 1.0e-3 standard deviations, more than 0.0001",
        },
      ]
    `);
  });

  it("leaves out an engine that does not start, with its reason", async () => {
    const { hosts } = fakeHosts(new Map([[onnx, { fails: "no binary for this machine" }]]));
    const { timed, leftOut, disagreement } = await race(engines, task, hosts, options);
    expect(timed.length).toBe(3);
    expect(disagreement).toBe(false);
    expect(leftOut).toEqual([{ name: "onnxruntime-node, 2 threads", reason: "no binary for this machine" }]);
  });

  it("times nobody when ours does not start", async () => {
    const { hosts, turns } = fakeHosts(new Map([[ours, { fails: "no adapter" }]]));
    expect((await race(engines, task, hosts, options)).timed).toEqual([]);
    expect(turns).toEqual([]);
  });
});

describe("turnOrder", () => {
  it("puts each contestant behind different others, the same way in every race", () => {
    const orders = Array.from({ length: 40 }, (_, round) => turnOrder(["a", "b", "c"], round).join(""));
    expect(new Set(orders)).toEqual(new Set(["abc", "acb", "bac", "bca", "cab", "cba"]));
    expect(turnOrder(["a", "b", "c"], 7).join("")).toBe(orders[7]);
  });
});
