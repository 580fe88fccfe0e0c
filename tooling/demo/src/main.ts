import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type EfficientNet, load, type NodePictureSource } from "efficientnet/node";
import sharp from "sharp";
import { drawPicture } from "./draw-picture.js";
import { formatOutcome, type Outcome } from "./format-outcome.js";
import { CLASSES } from "./shapes.js";

/** The seed of pictures that training never saw. */
const HELD_OUT = 2;
const PER_CLASS = 20;

const asset = (name: string) => new URL(`../assets/${name}`, import.meta.url);

/** Draws held-out pictures, classifies them from their files with a trained network, and holds both against PyTorch. */
async function demo(folder: string): Promise<boolean> {
  console.log(`drawing ${CLASSES.length * PER_CLASS} pictures of ${CLASSES.length} classes into ${folder}`);
  const pictures = await drawPictures(folder);
  const start = performance.now();
  const weights = readFileSync(asset("shapes.safetensors"));
  using net = await load("timm/test_efficientnet", {
    weights,
    labels: CLASSES,
    preprocess: {
      size: 96,
      fit: { mode: "squash", resizeTo: 96 },
      filter: "bicubic",
      method: "pillow",
      mean: [0.5, 0.5, 0.5],
      std: [0.5, 0.5, 0.5],
    },
  });
  const digest = createHash("sha256").update(weights).digest("hex").slice(0, 12);
  const { name, parameters, macs } = net.inspect();
  console.log(`${name}, trained with timm on such drawings, ${weights.length} bytes, sha256 ${digest}...`);
  console.log(
    `${parameters} parameters, ${(macs / 1e6).toFixed(1)} million multiply-adds, on ${net.backend.description}`,
  );
  const ready = performance.now();
  const outcomes = await classifyAll(net, pictures);
  const milliseconds = (performance.now() - ready) / (CLASSES.length * PER_CLASS);
  console.log(`ready in ${(ready - start).toFixed(0)} ms, ${milliseconds.toFixed(1)} ms a picture\n`);
  for (const outcome of outcomes) console.log(formatOutcome(outcome, PER_CLASS));
  const right = outcomes.reduce((sum, outcome) => sum + outcome.right, 0);
  const worst = await differenceFromPyTorch(net);
  console.log(`\n${right} of ${CLASSES.length * PER_CLASS} held-out pictures right; a guess would get ${PER_CLASS}`);
  console.log(`logits differ from PyTorch's by ${worst.toExponential(1)} at most`);
  return worst < 1e-4;
}

async function drawPictures(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const files = new Map<string, string[]>();
  for (const label of CLASSES) {
    mkdirSync(join(folder, label), { recursive: true });
    for (let index = 0; index < PER_CLASS; index++) {
      const { data, width, height, channels } = drawPicture(label, HELD_OUT, index);
      const file = join(folder, label, `${index}.png`);
      writeFileSync(file, await sharp(data, { raw: { width, height, channels } }).png().toBuffer());
      files.set(label, [...(files.get(label) ?? []), file]);
    }
  }
  return files;
}

async function classifyAll(
  net: EfficientNet<NodePictureSource>,
  pictures: ReadonlyMap<string, readonly string[]>,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [label, files] of pictures) {
    const answers = [];
    for (const file of files) answers.push((await net.classify(file, { topK: 1 }))[0]?.label ?? "");
    outcomes.push({ label, right: answers.filter((answer) => answer === label).length, answers });
  }
  return outcomes;
}

/** Worst logit difference over the first picture of each class, in standard deviations. */
async function differenceFromPyTorch(net: EfficientNet<NodePictureSource>): Promise<number> {
  const expected: readonly (readonly number[])[] = JSON.parse(readFileSync(asset("shapes.json"), "utf8")).logits;
  const rows = await net.logits(CLASSES.map((label) => drawPicture(label, HELD_OUT, 0)));
  const values = expected.flat();
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  return (
    Math.max(...rows.flatMap((row, i) => [...row].map((value, j) => Math.abs(value - (expected[i]?.[j] ?? 0))))) /
    deviation
  );
}

process.exitCode = (await demo(resolve(process.argv[2] ?? "demo-pictures"))) ? 0 : 1;
