/**
 * Parity of the engine wherever it runs: both builds, one and two threads, in this Node, in further ones that npx fetches,
 * and in Chromium with and without cross-origin isolation. Each must be within tolerance of the reference, give the same
 * bits on every run, for an example in any batch, and with any number of threads.
 *
 *     node tooling/start/source.mjs tooling/parity/src/engine-everywhere.ts tooling/reference/goldens/nets --nodes 22,24
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { Command } from "commander";
import { openChromium, openNode } from "./engine-places.js";
import { faultsOf } from "./faults.js";
import { listGoldens } from "./list-goldens.js";
import type { NetGolden } from "./net-golden.js";

interface Options {
  readonly nodes: readonly string[];
  readonly chromium: boolean;
}

const program = new Command("engine-everywhere")
  .argument("<path...>", "files or folders of networks' goldens")
  .option("--nodes <majors>", "further versions of Node", (text) => text.split(","), [])
  .option("--no-chromium", "Node alone")
  .parse();
const { nodes, chromium } = program.opts<Options>();
const files = program.args.flatMap(listGoldens);
let failures = 0;

const places = [openNode(), ...(chromium ? [await openChromium(true), await openChromium(false)] : [])];
for (const place of places) {
  const worst = { value: 0, where: "" };
  let checked = 0;
  for (const file of files) {
    const golden = JSON.parse(readFileSync(file, "utf8")) as NetGolden;
    const name = basename(file, ".json");
    const reports = await place.check(golden, place.modes);
    checked += reports.length;
    for (const { logits, feature } of reports) {
      if (Math.max(logits, feature) > worst.value)
        Object.assign(worst, { value: Math.max(logits, feature), where: name });
    }
    for (const fault of faultsOf(reports)) {
      failures++;
      console.log(`FAILED ${place.name}, ${name}: ${fault}`);
    }
  }
  await place.close();
  const modes = place.modes.map(({ build, threads }) => `${build} x${threads}`).join(", ");
  console.log(`${place.name} (${modes}): ${checked} checked, worst ${worst.value.toExponential(1)} ${worst.where}`);
}

for (const major of nodes) {
  const again = ["--yes", "-p", `node@${major}`, "node", ...process.execArgv, import.meta.filename, "--no-chromium"];
  const { status } = spawnSync("npx", [...again, ...files], { stdio: "inherit" });
  if (status !== 0) failures++;
}
process.exitCode = failures === 0 ? 0 : 1;
