import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Io, run } from "@efficientnet/cli";
import { drawFolder } from "./draw-folder.js";
import { DEMO_RECIPE, DEMO_SPEC } from "./recipe.js";

/** Seeds of the drawn pictures: those of testing are never trained on. */
const SEEDS = { train: 1, test: 2 } as const;
const PER_CLASS = { train: 400, test: 50 } as const;

/** Where the demo keeps what it makes. */
export interface DemoFolder {
  readonly train: string;
  readonly test: string;
  readonly spec: string;
  readonly recipe: string;
}

/** Draws the pictures, and writes down the network and how it is trained. */
export async function drawDemo(folder: string, say: (text: string) => void): Promise<DemoFolder> {
  const paths = {
    train: join(folder, "pictures", "train"),
    test: join(folder, "pictures", "test"),
    spec: join(folder, "network.json"),
    recipe: join(folder, "recipe.json"),
  };
  for (const part of ["train", "test"] as const) {
    rmSync(paths[part], { recursive: true, force: true });
    const count = await drawFolder(paths[part], SEEDS[part], PER_CLASS[part]);
    say(`drew ${count} pictures into ${paths[part]}`);
  }
  writeFileSync(paths.spec, `${JSON.stringify(DEMO_SPEC, null, 2)}\n`);
  writeFileSync(paths.recipe, `${JSON.stringify(DEMO_RECIPE, null, 2)}\n`);
  return paths;
}

/** What a training took and came to. */
export interface DemoResult {
  readonly run: string;
  readonly seconds: number;
  readonly accuracy: number;
}

/** Trains with the command, as a person would; what it says goes to `io`. */
export async function trainDemo(
  { train, test, spec, recipe }: DemoFolder,
  out: string,
  { seed, fixed }: { readonly seed: number; readonly fixed: boolean },
  io: Io,
): Promise<DemoResult> {
  rmSync(out, { recursive: true, force: true });
  const settings = ["--model", spec, "--recipe", recipe, "--seed", String(seed), "--backend", "wasm", "--out", out];
  const code = await run(["train", train, "--test", test, ...settings, ...(fixed ? ["--fixed"] : [])], io);
  if (code !== 0) throw new Error(`training ended with exit code ${code}`);
  const rows = readFileSync(join(out, "metrics.jsonl"), "utf8").trim().split("\n");
  const epochs = rows
    .map((line) => JSON.parse(line) as { kind: string; seconds: number })
    .filter(({ kind }) => kind === "epoch");
  const { accuracy } = JSON.parse(readFileSync(join(out, "evaluation.json"), "utf8")) as { readonly accuracy: number };
  return { run: out, seconds: epochs.at(-1)?.seconds ?? Number.NaN, accuracy };
}
