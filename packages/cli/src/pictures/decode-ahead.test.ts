import { afterAll, expect, it } from "vitest";
import { drawBmp } from "../testing/draw-bmp.js";
import { createScratch } from "../testing/scratch.js";
import { decodeAhead } from "./decode-ahead.js";

const scratch = createScratch();
afterAll(() => scratch.remove());

const square = (side: number) =>
  scratch.write(
    `${side}.bmp`,
    drawBmp(side, () => [0, 0, 0]),
  );

it("gives pictures and failures in the order that was asked for", async () => {
  const sides: (number | string)[] = [];
  for await (const decoded of decodeAhead([square(9), scratch.path("absent.bmp"), square(3), square(3), square(5)])) {
    sides.push("picture" in decoded ? decoded.picture.width : "failed");
  }
  expect(sides).toEqual([9, "failed", 3, 3, 5]);
});

it("ends at once where nothing was asked for", async () => {
  expect(await decodeAhead([]).next()).toEqual({ done: true, value: undefined });
});

it("decodes one picture ahead and no more", async () => {
  const pictures = decodeAhead([square(4), scratch.path("later.bmp"), scratch.path("late.bmp")]);
  await pictures.next();
  // The second was begun before the first was taken, the third not before the second is.
  scratch.write(
    "late.bmp",
    drawBmp(6, () => [0, 0, 0]),
  );
  expect((await pictures.next()).value).toHaveProperty("error");
  expect((await pictures.next()).value).toMatchObject({ picture: { width: 6 } });
});
