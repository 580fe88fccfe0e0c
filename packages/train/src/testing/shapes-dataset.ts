import { seededRandom } from "@efficientnet/random";
import { type Dataset, generatedDataset } from "../data.js";

/** How the pictures are drawn. */
export interface ShapesArgument {
  readonly length: number;
  readonly side: number;
}

/** Noise around a colour for each of three classes: small, and different in every picture. */
export default function shapesDataset({ length, side }: ShapesArgument): Dataset {
  return generatedDataset({
    classes: ["red", "green", "blue"],
    length,
    label: (index) => index % 3,
    picture: (index) => {
      const random = seededRandom("shapes", index);
      const data = Uint8Array.from(
        { length: side * side * 3 },
        (_, i) => 60 * random() + (i % 3 === index % 3 ? 150 : 20),
      );
      return { data, width: side, height: side, channels: 3 };
    },
  });
}
