import { join, resolve } from "node:path";
import { type DemoResult, drawDemo, trainDemo } from "./train-demo.js";

// `source.mjs tooling/demo/src/compare.ts [FOLDER] [SEED...]`: progressive learning against one size, as a Markdown table.
const [folder = "demo-pictures", ...given] = process.argv.slice(2);
const seeds = given.length > 0 ? given.map(Number) : [1, 2, 3];
const quiet = { out: () => undefined, err: (text: string) => process.stderr.write(text) };

const cells = ({ seconds, accuracy }: DemoResult) => `${seconds.toFixed(1)} s | ${(100 * accuracy).toFixed(1)} %`;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const paths = await drawDemo(resolve(folder), (text) => console.error(text));
const ratios: number[] = [];
const gains: number[] = [];
console.log("| seed | progressive | | largest size throughout | | time |\n|---|---|---|---|---|---|");
for (const seed of seeds) {
  const progressive = await trainDemo(paths, join(folder, `progressive-${seed}`), { seed, fixed: false }, quiet);
  const fixed = await trainDemo(paths, join(folder, `fixed-${seed}`), { seed, fixed: true }, quiet);
  const ratio = progressive.seconds / fixed.seconds;
  ratios.push(ratio);
  gains.push(100 * (progressive.accuracy - fixed.accuracy));
  console.log(`| ${seed} | ${cells(progressive)} | ${cells(fixed)} | ${ratio.toFixed(2)} |`);
}
console.log(`\nmean time ${mean(ratios).toFixed(2)}, mean accuracy ${mean(gains).toFixed(2)} points against one size`);
