import type { OpaquePicture } from "./opaque-picture.js";

/** What becomes of each of the 256 levels. */
export type LevelTable = Uint8Array;

/** A table of a rule; what falls outside 0 to 255 is clipped, as PIL's `point` does. */
export function levelTable(rule: (level: number) => number): LevelTable {
  return Uint8Array.from({ length: 256 }, (_, level) => Math.min(255, Math.max(0, rule(level))));
}

/** A picture with every channel sent through one table. */
export function mapLevels(picture: OpaquePicture, table: LevelTable): OpaquePicture {
  return mapChannels(picture, () => table);
}

/** A picture with each channel sent through the table that its histogram gives. */
export function mapByHistogram(
  picture: OpaquePicture,
  tableOf: (histogram: readonly number[]) => LevelTable,
): OpaquePicture {
  return mapChannels(picture, (channel) => tableOf(histogramOf(picture, channel)));
}

function mapChannels(picture: OpaquePicture, tableOf: (channel: number) => LevelTable): OpaquePicture {
  const { data, channels } = picture;
  const mapped = new Uint8Array(data.length);
  for (let channel = 0; channel < channels; channel++) {
    const table = tableOf(channel);
    for (let i = channel; i < data.length; i += channels) mapped[i] = table[data[i]!]!;
  }
  return { ...picture, data: mapped };
}

function histogramOf({ data, channels }: OpaquePicture, channel: number): readonly number[] {
  const counts = new Array<number>(256).fill(0);
  for (let i = channel; i < data.length; i += channels) counts[data[i]!]! += 1;
  return counts;
}
