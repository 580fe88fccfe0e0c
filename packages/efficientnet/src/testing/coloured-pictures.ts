import type { Picture } from "@efficientnet/preprocess";

/** A picture of one colour with a slope in it, different for every number. */
export function colouredPicture(channel: 0 | 1 | 2, number: number, side = 48): Picture {
  const data = new Uint8ClampedArray(side * side * 3);
  for (let i = 0; i < side * side; i++) {
    data.fill(30 + number, 3 * i, 3 * i + 3);
    data[3 * i + channel] = 140 + (((i % side) + 7 * number) % 90);
  }
  return { data, width: side, height: side, channels: 3 };
}

/** Twelve pictures for each of two classes. */
export const COLOURED: Readonly<Record<string, readonly Picture[]>> = {
  red: Array.from({ length: 12 }, (_, number) => colouredPicture(0, number)),
  blue: Array.from({ length: 12 }, (_, number) => colouredPicture(2, number)),
};
