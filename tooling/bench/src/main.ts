import { writeFileSync } from "node:fs";
import { createCommand, type Options } from "./options.js";
import { runBench } from "./run-bench.js";

const command = createCommand().action(async (options: Options) => {
  const report = await runBench(options, console.log);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  process.exitCode = report.measurements.some(({ disagreement }) => disagreement) ? 1 : 0;
});

try {
  await command.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
