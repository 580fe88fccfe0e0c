import { openSync, writeSync } from "node:fs";
import { drawPicture } from "./draw-picture.js";
import { CLASSES } from "./shapes.js";

// `source.mjs tooling/demo/src/export.ts FILE SEED PER_CLASS`: raw RGB of 96 x 96, class by class, for a training elsewhere.
const [file = "pictures.bin", seed = "1", perClass = "10"] = process.argv.slice(2);
const out = openSync(file, "w");
for (const name of CLASSES) {
  for (let index = 0; index < Number(perClass); index++) writeSync(out, drawPicture(name, Number(seed), index).data);
}
