import { fork } from "node:child_process";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareBackend } from "@efficientnet/backends";
import { type ArchitectureSpec, getSpec, tensorShapes } from "@efficientnet/specs";
import { canonicalWeights, foreignWeights, readCheckpoint, writeSafetensors } from "@efficientnet/weights";
import { load } from "efficientnet/node";

interface Way {
  /** What it may add to a process at its peak, as a multiple of the file. */
  readonly most: number;
  run(file: string, spec: ArchitectureSpec): Promise<unknown>;
}

const MODEL = "keras/EfficientNetV2L";

/**
 * What loading a checkpoint of about 500 MB (V2-L) costs at its peak, over what the process needed before, as a multiple
 * of the file: `node tooling/start/source.mjs tooling/bench/src/load-memory.ts`, which ends with 1 where one is above its
 * bar. Each way runs in a process of its own; peaks are the operating system's (`maxRSS`), so that nothing between two
 * looks is missed.
 */
const WAYS: Readonly<Record<string, Way>> = {
  "read every tensor of the bytes": {
    most: 1.5,
    async run(file, spec) {
      const weights = canonicalWeights(spec, await readCheckpoint(readFileSync(file)));
      return weights.names.reduce((sum, name) => sum + weights.read(name).length, 0);
    },
  },
  "load a path onto the engine, and answer": {
    most: 2.5,
    run: async (file) => answer(await load(MODEL, { weights: file })),
  },
  "load the bytes onto the engine, and answer": {
    most: 2.5,
    run: async (file) => answer(await load(MODEL, { weights: readFileSync(file) })),
  },
  "load a path onto wasm of tfjs": {
    most: 1.5,
    run: async (file) => load(MODEL, { weights: file, backend: await prepareBackend("wasm") }),
  },
};

const answer = (net: Awaited<ReturnType<typeof load>>) => net.warmUp();
const peak = () => process.resourceUsage().maxRSS * 1024;
const [way, file] = process.argv.slice(2);
const spec = getSpec("efficientnetv2-l");

if (way === "write" && file !== undefined) {
  const sizes = new Map(tensorShapes(spec).map(({ name, shape }) => [name, shape.reduce((a, b) => a * b, 1)]));
  const fill = (name: string) => new Float32Array(sizes.get(name) ?? 0).fill(0.5);
  writeFileSync(file, writeSafetensors(foreignWeights("keras-v2", spec, fill)));
  console.log(`${(statSync(file).size / 1e6).toFixed(0)} MB`);
} else if (way !== undefined && file !== undefined) {
  // Imports and the start of what computes are not the checkpoint's doing.
  for (const backend of ["wasm", await prepareBackend("wasm")] as const) {
    (await load("test-efficientnet", { weights: { seed: 1 }, backend })).dispose();
  }
  const { most = 0, run } = WAYS[way] ?? {};
  const before = peak();
  await run?.(file, spec);
  const times = (peak() - before) / statSync(file).size;
  console.log(`${way}: ${times.toFixed(2)} times the file at the peak, of ${most.toFixed(1)} at most`);
  // Threads of an engine would keep the process alive.
  process.exit(times <= most ? 0 : 1);
} else {
  // The parent stays small: a child begins with the peak of the process that forked it.
  const path = join(tmpdir(), `efficientnet-memory-${process.pid}.safetensors`);
  for (const name of ["write", ...Object.keys(WAYS)]) {
    const child = fork(import.meta.filename, [name, path], { execArgv: process.execArgv });
    const code = await new Promise((resolve) => child.once("exit", resolve));
    if (code !== 0) process.exitCode = 1;
  }
  rmSync(path);
}
