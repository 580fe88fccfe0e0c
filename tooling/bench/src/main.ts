import { writeFileSync } from "node:fs";
import { type Rival, runRaces } from "@efficientnet/bench";
import { openHosts } from "./open-hosts.js";
import { createCommand, type Options } from "./options.js";

const command = createCommand().action(async ({ repeats, warmUp, webgl, python, json, vs, ...options }: Options) => {
  const report = await runRaces(
    {
      ...options,
      vs: python === undefined ? vs : [...new Set<Rival>([...vs, "pytorch", "pytorch-tuned"])],
      rounds: repeats,
      warmUpMs: warmUp,
    },
    (backend) => openHosts(backend, webgl, python),
    console.log,
  );
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  process.exitCode = report.measurements.some(({ disagreement }) => disagreement) ? 1 : 0;
});

try {
  await command.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
