/**
 * The table of all that matters on wasm, in one go of some five minutes on two idle cores:
 *
 *     node tooling/start/source.mjs tooling/bench/src/table.ts [--python PATH] [--out FILE]
 *
 * Everything that was measured is kept as JSON, by default `tooling/bench/results/wasm-node<major>.json`.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { type Report, type Rival, runRaces } from "@efficientnet/bench";
import { Command } from "commander";
import { formatSummary } from "./format-summary.js";
import { openHosts } from "./open-hosts.js";

const [major] = process.versions.node.split(".");
const usual = fileURLToPath(new URL(`../results/wasm-node${major}.json`, import.meta.url));
const { python, out } = new Command("table")
  .option("--python <path>", "a Python that has torch, which joins in")
  .option("--out <file>", "where the JSON goes", usual)
  .parse()
  .opts<{ python?: string; out: string }>();

/** Larger networks and batches get fewer runs, so that each race lasts about a minute. */
const RACES = [
  { models: ["efficientnet-b0", "efficientnetv2-b0"], batch: [1], rounds: 15, runs: 3 },
  { models: ["efficientnet-b0", "efficientnetv2-b0"], batch: [8], rounds: 9, runs: 1 },
  { models: ["efficientnet-lite0", "efficientnet-b3"], batch: [1], rounds: 11, runs: 2 },
  { models: ["efficientnetv2-s"], batch: [1], rounds: 7, runs: 1 },
] as const;
const vs: readonly Rival[] = ["onnxruntime-web", "onnxruntime-node", "tfjs"];
const all: readonly Rival[] = python === undefined ? vs : [...vs, "pytorch", "pytorch-tuned"];

const started = performance.now();
const reports: Report[] = [];
for (const race of RACES) {
  const options = { ...race, backends: ["wasm"], vs: all, threads: [1, 2], warmUpMs: 1000, seed: 1 } as const;
  reports.push(await runRaces(options, (backend) => openHosts(backend, "hardware", python), console.log));
}
const measurements = reports.flatMap((report) => report.measurements);
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, `${JSON.stringify(reports, null, 1)}\n`);
console.log(formatSummary(measurements));
console.log(`\n${((performance.now() - started) / 60_000).toFixed(1)} minutes; everything is in ${out}`);
process.exitCode = measurements.some(({ disagreement }) => disagreement) ? 1 : 0;
