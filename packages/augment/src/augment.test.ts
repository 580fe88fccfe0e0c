import { seededRandom } from "@efficientnet/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyOperation } from "./apply-operation.js";
import { augment } from "./augment.js";
import { googleAutoAugment, timmAutoAugment } from "./auto-augment.js";
import { drawOperations } from "./draw-operations.js";
import { googleRandAugment, timmRandAugment } from "./rand-augment.js";
import { readPng } from "./testing/golden.js";
import { anyPicture } from "./testing/pictures.js";

const policies = [
  googleRandAugment({ magnitude: 15, layers: 3 }),
  timmRandAugment({ magnitude: 9, noise: { std: 0.5 }, increasing: true }),
  googleAutoAugment(),
  timmAutoAugment(),
];

describe("augment", () => {
  it("gives the same picture for the same seed, of the same size, and leaves its input alone", () => {
    fc.assert(
      fc.property(anyPicture, fc.constantFrom(...policies), fc.integer(), (picture, policy, seed) => {
        const before = Array.from(picture.data);
        const once = augment(picture, policy, seededRandom(seed));
        expect(augment(picture, policy, seededRandom(seed))).toEqual(once);
        expect(once).toMatchObject({ width: picture.width, height: picture.height });
        expect(Array.from(picture.data)).toEqual(before);
      }),
    );
  });

  it("gives different pictures for different seeds", async () => {
    const small = await readPng("small.png");
    const policy = timmRandAugment({ layers: 3, probability: 1, noise: { std: 1 } });
    const results = Array.from({ length: 20 }, (_, seed) =>
      Buffer.from(augment(small, policy, seededRandom(seed)).data).toString("base64"),
    );
    expect(new Set(results).size).toBe(20);
  });

  it("may leave nothing of a small picture by Google's translations, which count pixels", async () => {
    const small = await readPng("small.png");
    const policy = googleRandAugment({ magnitude: 15 });
    const moved = applyOperation(small, { op: "TranslateX", amount: 150, filter: "nearest", fill: policy.fill });
    expect(new Set(moved.data)).toEqual(new Set([128]));
  });

  it("does what drawOperations says", async () => {
    const small = await readPng("small.png");
    const operations = drawOperations(small, policies[0]!, seededRandom(4));
    expect(operations).toHaveLength(3);
    const result = operations.reduce(applyOperation, small);
    expect(augment(small, policies[0]!, seededRandom(4))).toEqual(result);
  });

  it("refuses a picture that is not whole", () => {
    const broken = { data: new Uint8Array(5), width: 2, height: 1, channels: 3 } as const;
    expect(() => augment(broken, policies[0]!, seededRandom(1))).toThrow("does not fill it");
  });
});
