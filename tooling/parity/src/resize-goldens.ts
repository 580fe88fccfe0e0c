import { dirname, join } from "node:path";
import { resizePicture } from "@efficientnet/preprocess";
import { pictureFromFile } from "@efficientnet/preprocess/node";
import type { ResampleFilter } from "@efficientnet/specs";
import { worstDifference } from "@efficientnet-tooling/testing";
import { type GoldenKind, isRecord } from "./golden.js";

/** A picture that Pillow resized. The answer is the PNG that the entry is named after. */
interface ResizeEntry {
  readonly from: string;
  readonly to: readonly [width: number, height: number];
  readonly filter: ResampleFilter;
}

/** Resizes by Pillow, held byte by byte. */
export const resizeGoldens: GoldenKind = (file, content) => {
  if (!isRecord(content) || !isRecord(content.resize)) return [];
  const entries = Object.entries(content.resize as Record<string, ResizeEntry>);
  return entries
    .filter(([name]) => name.endsWith(".png"))
    .map(([name, { from, to, filter }]) => ({
      kind: "resize",
      name,
      async check() {
        const [width, height] = to;
        const source = await pictureFromFile(join(dirname(file), from));
        const expected = await pictureFromFile(join(dirname(file), name));
        const resized = resizePicture(source, { width, height }, { filter, method: "pillow" });
        return [{ name, worst: worstDifference(resized.data, expected.data).worst, where: "levels", tolerance: 0 }];
      },
    }));
};
