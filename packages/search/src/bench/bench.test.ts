import { countMacs, countParameters, getSpec } from "@efficientnet/specs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeClock, fakeClock, fakeDevice } from "../testing/fake-device.js";
import { blockPairs } from "./block-pairs.js";
import { compareNetworks } from "./compare-networks.js";
import { raceBlocks } from "./race-blocks.js";

let clock: FakeClock;

beforeEach(() => {
  clock = fakeClock();
  vi.spyOn(performance, "now").mockImplementation(clock.now);
});

afterEach(() => vi.restoreAllMocks());

const v2s = getSpec("efficientnetv2-s");

describe("blockPairs", () => {
  it("has every geometry of V2-S once, in both forms", () => {
    const pairs = blockPairs(v2s, { imageSize: 224 });
    expect(pairs.map(({ stage, position }) => `${stage} ${position}`)).toEqual(
      ["0 first", "1 first", "1 rest", "2 first", "2 rest", "3 first", "3 rest"].concat([
        "4 first",
        "4 rest",
        "5 first",
        "5 rest",
      ]),
    );
    const { mbconv, fused, released } = pairs[2] as (typeof pairs)[number];
    expect(released).toBe("fused-mbconv");
    expect(mbconv.piece.geometry).toBe("mbconv k3 s1 48>192>48 se12 residual silu same @56x56");
    expect(fused.piece.geometry).toBe("fused-mbconv k3 s1 48>192>48 residual silu same @56x56");
    // 56 * 56 positions: 48 * 192 + 9 * 192 + 192 * 48, and 2 * 192 * 12 of the gate; 9 * 48 * 192 + 192 * 48.
    expect(mbconv.cost.macs).toBe(56 * 56 * (48 * 192 + 9 * 192 + 192 * 48) + 2 * 192 * 12);
    expect(fused.cost.macs).toBe(56 * 56 * (9 * 48 * 192 + 192 * 48));
  });

  it("leaves the gate out where it is asked to", () => {
    const [, , pair] = blockPairs(v2s, { imageSize: 224, seRatio: 0 });
    expect(pair?.mbconv.piece.geometry).toBe("mbconv k3 s1 48>192>48 residual silu same @56x56");
  });
});

describe("raceBlocks", () => {
  it("holds the times of both forms against each other, beside what they cost", async () => {
    const device = fakeDevice(clock, (name) => (name.startsWith("fused") ? 2 : 4));
    const { races, network, imageSize } = await raceBlocks(device, v2s, { imageSize: 224, warmUpMs: 0 });
    expect([network, imageSize, races.length]).toEqual(["efficientnetv2-s", 224, 11]);
    expect(races.every(({ fusedOverMBConv }) => fusedOverMBConv === 0.5)).toBe(true);
    const [first] = races;
    expect(first?.mbconv.milliseconds.median).toBe(4);
    expect(first?.mbconv.gigamacsPerSecond).toBeCloseTo((first?.mbconv.macs ?? 0) / 4e6, 9);
    expect(device.open.size).toBe(0);
  });
});

describe("compareNetworks", () => {
  it("counts exactly and times in turns", async () => {
    const b0 = getSpec("efficientnet-b0");
    const device = fakeDevice(clock, () => 8);
    const { networks } = await compareNetworks(device, [{ spec: b0, imageSize: 128 }], { batch: 4, warmUpMs: 0 });
    expect(networks[0]).toMatchObject({
      name: "efficientnet-b0",
      imageSize: 128,
      parameters: countParameters(b0).trainable,
      macs: countMacs(b0, 128).total,
      imagesPerSecond: 500,
    });
  });
});
