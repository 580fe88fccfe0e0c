import type { Picture } from "@efficientnet/preprocess";
import { drawPicture } from "../draw-picture.js";

/** Two drawn classes, a few pictures each, that stand beside the photographs. */
export function drawnClasses(seed: number, count: number): Readonly<Record<string, readonly Picture[]>> {
  const draw = (label: string) => Array.from({ length: count }, (_, index) => drawPicture(label, seed, index, 128));
  return { rings: draw("rings"), waves: draw("waves") };
}

/** What fine-tuning came to on pictures that it never saw. */
export interface TunedAnswer {
  readonly backend: string;
  readonly seconds: number;
  readonly answers: readonly { readonly name: string; readonly label: string; readonly answer: string }[];
}
