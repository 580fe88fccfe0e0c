import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeBuffers } from "./place-buffers.js";

const lifetime = fc.record({ size: fc.integer({ min: 1, max: 999 }), at: fc.nat(20), length: fc.nat(6) });

describe("placeBuffers", () => {
  it("keeps apart what lives at the same time, on cache lines, inside the arena", () => {
    fc.assert(
      fc.property(fc.array(lifetime, { minLength: 1, maxLength: 30 }), (drafts) => {
        const lives = drafts.map(({ size, at, length }) => ({ size, firstStep: at, lastStep: at + length }));
        const { offsets, arenaSize } = placeBuffers(lives);
        for (const [i, a] of lives.entries()) {
          const start = offsets[i]!;
          expect(start % 16).toBe(0);
          expect(start + a.size).toBeLessThanOrEqual(arenaSize);
          for (const [j, b] of lives.entries()) {
            if (i === j || a.firstStep > b.lastStep || b.firstStep > a.lastStep) continue;
            expect(start + a.size <= offsets[j]! || offsets[j]! + b.size <= start).toBe(true);
          }
        }
      }),
    );
  });

  it("puts a chain of equal maps into two places", () => {
    const chain = Array.from({ length: 9 }, (_, step) => ({ size: 160, firstStep: step, lastStep: step + 1 }));
    expect(placeBuffers(chain).arenaSize).toBe(320);
  });
});
