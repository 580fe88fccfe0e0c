import { fork } from "node:child_process";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ArchitectureSpec, getSpec, tensorShapes } from "@efficientnet/specs";
import { canonicalWeights, foreignWeights, readCheckpoint, writeSafetensors } from "@efficientnet/weights";
import { load } from "efficientnet/node";

/**
 * What loading a checkpoint of about 500 MB (V2-L) costs at its peak, over what the process needed before, as a multiple
 * of the file: `node tooling/start/source.mjs tooling/bench/src/load-memory.ts`. Each way runs in a process of its own;
 * peaks are the operating system's (`maxRSS`), so that nothing between two looks is missed.
 */
const WAYS: Readonly<Record<string, (file: string, spec: ArchitectureSpec) => Promise<unknown>>> = {
  "read every tensor of the bytes": async (file, spec) => {
    const weights = canonicalWeights(spec, await readCheckpoint(readFileSync(file)));
    return weights.names.reduce((sum, name) => sum + weights.read(name).length, 0);
  },
  "load a path onto wasm": (file) => load("keras/EfficientNetV2L", { weights: file, backend: "wasm" }),
};

const peak = () => process.resourceUsage().maxRSS * 1024;
const [way, file] = process.argv.slice(2);
const spec = getSpec("efficientnetv2-l");

if (way === "write" && file !== undefined) {
  const sizes = new Map(tensorShapes(spec).map(({ name, shape }) => [name, shape.reduce((a, b) => a * b, 1)]));
  const fill = (name: string) => new Float32Array(sizes.get(name) ?? 0).fill(0.5);
  writeFileSync(file, writeSafetensors(foreignWeights("keras-v2", spec, fill)));
  console.log(`${(statSync(file).size / 1e6).toFixed(0)} MB`);
} else if (way !== undefined && file !== undefined) {
  // Imports and the backend's own start are not the checkpoint's doing.
  (await load("test-efficientnet", { weights: { seed: 1 }, backend: "wasm" })).dispose();
  const before = peak();
  await WAYS[way]?.(file, spec);
  console.log(`${way}: ${((peak() - before) / statSync(file).size).toFixed(2)} times the file at the peak`);
} else {
  // The parent stays small: a child begins with the peak of the process that forked it.
  const path = join(tmpdir(), `efficientnet-memory-${process.pid}.safetensors`);
  for (const name of ["write", ...Object.keys(WAYS)]) {
    const child = fork(import.meta.filename, [name, path], { execArgv: process.execArgv });
    await new Promise((resolve) => child.once("exit", resolve));
  }
  rmSync(path);
}
