import { Command, Option } from "commander";
import { findGoldens } from "./find-goldens.js";
import { checkGolden, formatRow, HEADER, type Row } from "./report.js";
import { openRunner, type RunnerName } from "./runner.js";

const program = new Command("parity")
  .description("Hold goldens against what this project computes: one row each, exit 1 if one is beyond its tolerance.")
  .argument("<path...>", "files or folders of goldens")
  .addOption(
    new Option(
      "--backend <name>",
      "webgl and webgpu run in a headless Chromium; engine is @efficientnet/wasm, without tfjs",
    )
      .choices(["wasm", "cpu", "webgl", "webgpu", "engine"])
      .default("wasm"),
  )
  .option("--json", "print one JSON object instead of the table")
  .action(async (paths: readonly string[], options: { backend: RunnerName; json?: boolean }) => {
    const goldens = paths.flatMap(findGoldens);
    if (goldens.length === 0) program.error(`no goldens in ${paths.join(", ")}`, { exitCode: 2 });
    const print = options.json ? () => undefined : (line: string) => console.log(line);
    const runner = await openRunner(options.backend);
    const rows: Row[] = [];
    print(HEADER);
    try {
      for (const golden of goldens) {
        for (const row of await checkGolden(golden, runner)) {
          rows.push(row);
          print(formatRow(row));
        }
      }
    } finally {
      await runner.close();
    }
    const ok = rows.every((row) => row.ok);
    if (options.json) console.log(JSON.stringify({ backend: options.backend, ok, rows }));
    print(`${rows.filter(({ ok }) => ok).length} of ${rows.length} within tolerance on ${options.backend}`);
    process.exitCode = ok ? 0 : 1;
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
