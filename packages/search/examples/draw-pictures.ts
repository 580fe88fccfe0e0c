import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { drawDemo } from "../../../tooling/demo/src/train-demo.js";

// source.mjs packages/search/examples/draw-pictures.ts FOLDER: the pictures, the network and the recipe of the demo.
const folder = resolve(process.argv[2] ?? "pictures");
mkdirSync(folder, { recursive: true });
await drawDemo(folder, console.log);
