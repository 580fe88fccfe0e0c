import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Io, run } from "@efficientnet/cli";
import { countMacs, countParameters } from "@efficientnet/specs";
import { DEMO_SPEC } from "./recipe.js";
import { CLASSES } from "./shapes.js";
import { type DemoFolder, type DemoResult, drawDemo, trainDemo } from "./train-demo.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string", default: "1" }, compare: { type: "boolean", default: false } },
});

const say = (text: string) => console.log(text);
const interrupt = new AbortController();
process.once("SIGINT", () => interrupt.abort());
const io: Io = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  signal: interrupt.signal,
};

/** Runs the command, showing what a person would type. */
async function command(...args: readonly string[]): Promise<void> {
  say(`\n$ efficientnet ${args.join(" ")}`);
  const code = await run(args, io);
  if (code !== 0) throw new Error(`efficientnet ${args[0]} ended with exit code ${code}`);
}

async function classifySome({ test }: DemoFolder, model: string): Promise<void> {
  const pictures = ["disc", "star", "waves"].map((label) => join(test, label, "0007.png"));
  await command("classify", ...pictures, "--weights", model, "--top-k", "2");
}

function compare(progressive: DemoResult, fixed: DemoResult): void {
  const line = (name: string, { seconds, accuracy }: DemoResult) =>
    `${name.padEnd(22)} ${seconds.toFixed(1).padStart(7)} s  ${(100 * accuracy).toFixed(1)} %`;
  say(`\n${line("progressive", progressive)}\n${line("largest size throughout", fixed)}`);
  say(`progressive took ${(progressive.seconds / fixed.seconds).toFixed(2)} of the time`);
}

async function demo(folder: string): Promise<void> {
  const { trainable } = countParameters(DEMO_SPEC);
  say(`${DEMO_SPEC.name}: an EfficientNetV2 of ${trainable} parameters for ${CLASSES.length} classes, as data`);
  say(`${(countMacs(DEMO_SPEC, DEMO_SPEC.resolution.eval).total / 1e6).toFixed(1)} million multiply-adds a picture\n`);
  const paths = await drawDemo(folder, say);
  say("\ntraining with progressive learning on wasm: small images and little regularisation first");
  const seed = Number(values.seed);
  const progressive = await trainDemo(paths, join(folder, "progressive"), { seed, fixed: false }, io);
  const model = join(progressive.run, "model.safetensors");
  await command("evaluate", model, paths.test);
  await classifySome(paths, model);
  if (values.compare) {
    say("\ntraining at the largest size throughout");
    compare(progressive, await trainDemo(paths, join(folder, "fixed"), { seed, fixed: true }, io));
  }
  say(`\ncurves, schedule and pictures: ${join(progressive.run, "report.html")}`);
}

await demo(resolve(positionals[0] ?? "demo-pictures")).catch((error: unknown) => {
  if (!interrupt.signal.aborted) console.error(error);
  process.exitCode = interrupt.signal.aborted ? 130 : 1;
});
