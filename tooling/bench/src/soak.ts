/**
 * Runs the engine for a long time as a server or a page would, at random sizes and batches, with engines and workers that
 * come and go: `node tooling/start/source.mjs tooling/bench/src/soak.ts [inferences]`, 10,000 unless told. Ends with 1
 * where memory or the number of threads is higher after the second half than after the first.
 */
import { soak } from "./run-soak.js";

const inferences = Number(process.argv[2] ?? 10_000);
const report = await soak({ inferences, inWorkers: true, print: console.log });
for (const [name, { early, late, most }] of Object.entries(report.levels)) {
  console.log(`${name}: ${early.toFixed(1)}, at the end ${late.toFixed(1)}, at most ${most.toFixed(1)} allowed`);
}
console.log(`${report.inferences} inferences, ${report.stopped} stopped half-way, ${report.loads} networks loaded`);
process.exitCode = Object.values(report.levels).every(({ late, most }) => late <= most) ? 0 : 1;
