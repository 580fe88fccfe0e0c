import type { Dataset } from "../data.js";
import shapesDataset from "./shapes-dataset.js";

/** A dataset whose picture 5 ends the thread that wants to draw it, or fails in a way that no picture fails. */
export default function dyingDataset(how: "exit" | "throw"): Dataset {
  const shapes = shapesDataset({ length: 6, side: 8 });
  return {
    ...shapes,
    picture(index) {
      if (index === 5 && how === "exit") process.exit(7);
      if (index === 5) throw new TypeError("the brush is broken");
      return shapes.picture(index);
    },
  };
}
