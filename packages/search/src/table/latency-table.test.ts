import { getSpec, VARIANT_NAMES } from "@efficientnet/specs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeClock, fakeClock, fakeDevice } from "../testing/fake-device.js";
import { checkPrediction } from "./check-prediction.js";
import { buildLatencyTable, predictLatency } from "./latency-table.js";
import { parseLatencyTable } from "./parse-latency-table.js";
import { distinctPieces, piecesOf } from "./piece.js";

const ORIGIN = { machine: "paper and pencil", versions: { "@tensorflow/tfjs-core": "4.22.0" } };
const small = getSpec("test-efficientnet");

let clock: FakeClock;

beforeEach(() => {
  clock = fakeClock();
  vi.spyOn(performance, "now").mockImplementation(clock.now);
});

afterEach(() => vi.restoreAllMocks());

describe("piecesOf", () => {
  it("names what a piece's time depends on", () => {
    const geometries = piecesOf(getSpec("efficientnetv2-s"), 224).map(({ geometry }) => geometry);
    expect([geometries[0], geometries[1], geometries[3], geometries[4], geometries[13], geometries.at(-1)]).toEqual([
      "stem k3 s2 3>24 silu same @224x224",
      "fused-mbconv k3 s1 24>24 residual silu same @112x112",
      "fused-mbconv k3 s2 24>96>48 silu same @112x112",
      "fused-mbconv k3 s1 48>192>48 residual silu same @56x56",
      "mbconv k3 s1 128>512>128 se32 residual silu same @14x14",
      "tail 256>1280>1000 silu same @7x7",
    ]);
    expect(distinctPieces(piecesOf(getSpec("efficientnetv2-s"), 224))).toHaveLength(13);
  });

  it.each(VARIANT_NAMES)("isolates every block of %s without changing what its name says", (name) => {
    const spec = getSpec(name);
    for (const piece of piecesOf(spec, 64)) {
      if (piece.name !== "stages.0.0") continue;
      const [height, width] = piece.input;
      const alone = piecesOf(piece.spec, height);
      expect(height).toBe(width);
      expect(alone[1]?.geometry).toBe(piece.geometry);
    }
  });
});

describe("buildLatencyTable", () => {
  it("times every distinct piece and predicts networks as their sum", async () => {
    const device = fakeDevice(clock, (name) => (name.startsWith("stem") ? 2 : name.startsWith("tail") ? 3 : 1));
    const table = await buildLatencyTable(device, piecesOf(small, 64), ORIGIN, { warmUpMs: 0 });
    const blocks = small.stages.reduce((sum, { repeats }) => sum + repeats, 0);
    expect(predictLatency(table, small, 64)).toBe(2 + 3 + blocks);
    expect(table.origin).toEqual({ device: "fake", description: "a device of the tests", ...ORIGIN });
    expect(JSON.parse(JSON.stringify(table))).toEqual(table);
    expect(device.open.size).toBe(0);
  });

  it("names the piece that it does not have", async () => {
    const device = fakeDevice(clock, () => 1);
    const table = await buildLatencyTable(device, piecesOf(small, 64), ORIGIN, { warmUpMs: 0 });
    expect(() => predictLatency(table, small, 96)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the table of fake has no time for stem k3 s2 3>24 silu symmetric @96x96
        received: stem of test-efficientnet at 96 pixels
        hint: build the table of the space that the network is from, at that size]
    `);
  });

  it("leaves nothing on the device when a piece fails", async () => {
    const device = fakeDevice(clock, (name) => {
      if (name.startsWith("tail")) throw new Error("lost");
      return 1;
    });
    await expect(buildLatencyTable(device, piecesOf(small, 64), ORIGIN)).rejects.toThrow("lost");
    expect(device.open.size).toBe(0);
  });
});

describe("the error of a prediction", () => {
  const check = [{ spec: small, imageSize: 64 }];
  const pieces = piecesOf(small, 64).length;
  const whole = (name: string) => name === "test-efficientnet@64";

  it("is measured in turns with the pieces", async () => {
    const device = fakeDevice(clock, (name) => (whole(name) ? 10 : 1));
    const { error } = await buildLatencyTable(device, piecesOf(small, 64), ORIGIN, { check, warmUpMs: 0 });
    expect(error).toEqual({
      networks: [
        { name: "test-efficientnet", imageSize: 64, predictedMs: pieces, measuredMs: 10, error: pieces / 10 - 1 },
      ],
      medianError: Math.abs(pieces / 10 - 1),
      slowdown: 1,
    });
  });

  it("allows later for a machine that has become slower", async () => {
    const built = fakeDevice(clock, (name) => (whole(name) ? pieces : 1));
    const table = await buildLatencyTable(built, piecesOf(small, 64), ORIGIN, { warmUpMs: 0 });
    const slower = fakeDevice(clock, (name) => (whole(name) ? 3 * pieces : 3));
    const { slowdown, medianError } = await checkPrediction(slower, table, check, { warmUpMs: 0 });
    expect([slowdown, medianError]).toEqual([3, 0]);
  });
});

describe("parseLatencyTable", () => {
  it("reads what JSON.stringify wrote", async () => {
    const device = fakeDevice(clock, () => 1.25);
    const table = await buildLatencyTable(device, piecesOf(small, 64), ORIGIN, { warmUpMs: 0 });
    expect(parseLatencyTable(JSON.stringify(table))).toEqual(table);
  });

  it.each([
    "{",
    '{"kind": "efficientnet-latency-table", "version": 2}',
    '{"kind": "efficientnet-latency-table", "version": 1, "milliseconds": {"stem": null}}',
  ])("refuses %s", (text) => {
    expect(() => parseLatencyTable(text)).toThrowErrorMatchingSnapshot();
  });
});
