import type { Measurement, Timed } from "@efficientnet/bench";
import { expect, it } from "vitest";
import { formatSummary } from "./format-summary.js";

const timed = (name: string, ms: number, ratio: number): Timed => ({
  ...{ name, description: "", difference: 0, times: [] },
  milliseconds: { min: ms, lowerQuartile: ms, median: ms, upperQuartile: ms, count: 1 },
  ratio: { min: ratio, lowerQuartile: ratio - 0.1, median: ratio, upperQuartile: ratio + 0.1, count: 1 },
});

it("a summary has a row for each number of threads, and each rival beside ours of as many", () => {
  const measurement: Measurement = {
    ...{ model: "efficientnet-b0", backend: "wasm", batch: 1, size: 224, leftOut: [], disagreement: false },
    timed: [
      timed("ours, 1 thread", 18, 1),
      timed("ours, 2 threads", 10, 1),
      timed("onnxruntime-web, 1 thread", 54, 3),
      timed("onnxruntime-web, 2 threads", 30, 2.9),
      timed("tfjs, folded batch norm", 36, 2),
    ],
  };
  expect(formatSummary([measurement])).toMatchInlineSnapshot(`
    "| network, pixels | batch | threads | ours, ms | x onnxruntime-web | x tfjs, folded batch norm |
    | --- | ---: | ---: | ---: | ---: | ---: |
    | efficientnet-b0, 224 | 1 | 1 | 18.0 | 3.00 (2.90 - 3.10) | 2.00 (1.90 - 2.10) |
    | efficientnet-b0, 224 | 1 | 2 | 10.0 | 2.90 (2.80 - 3.00) |  |"
  `);
});
