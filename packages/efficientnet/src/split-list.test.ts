import type { PreprocessSpec } from "@efficientnet/specs";
import { expect, it } from "vitest";
import { countAtOnce, splitList } from "./split-list.js";

it.each([
  [5, 2, [[0, 1], [2, 3], [4]]],
  [
    4,
    2,
    [
      [0, 1],
      [2, 3],
    ],
  ],
  [3, 8, [[0, 1, 2]]],
  [0, 8, [[]]],
])("a list of %i in parts of %i", (length, size, parts) => {
  const split = splitList([...new Array(length).keys()], size);
  expect(split.map(({ items }) => items)).toEqual(parts);
  expect(split.map(({ start }) => start)).toEqual(parts.map((_, i) => i * size));
});

it.each([
  [224, {}, 8],
  [112, {}, 32],
  [600, {}, 1],
  [224, { size: 160 }, 15],
  [224, { size: { width: 448, height: 224 } }, 4],
  [224, { size: Number.NaN }, 1],
  [600, { batchSize: 5 }, 5],
])("at %i pixels a side with %j run %i at once", (size, options, count) => {
  expect(countAtOnce({ size } as PreprocessSpec, options)).toBe(count);
});
