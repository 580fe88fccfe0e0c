import type { Command } from "commander";
import { parseCount } from "./arguments.js";
import type { TableOptions } from "./search/build-table.js";
import type { RunCommand } from "./weights-commands.js";

/** The commands that find networks. */
export function addSearchCommands(program: Command, action: RunCommand, version: string | undefined): void {
  const search = program
    .command("search")
    .summary("find a network on your own device")
    .description("Finds networks of a space by training and timing candidates, on one machine or in shards on many.");

  withSpace(
    search
      .command("table")
      .summary("how long every block of a space takes here")
      .description(
        "Times every piece that networks of a space are made of, once, and writes a table that predicts any of them; then holds its predictions against whole networks.",
      )
      .argument("<out>", "the table that is written, JSON"),
  )
    .option("--resolution <pixels>", "side of the input, in place of the usual one", parseCount)
    .option("--batch <n>", "pictures at once", parseCount, 1)
    .option("--rounds <n>", "how often each is timed, in turns", parseCount, 11)
    .option("--check <n>", "networks that the table is held against", parseCount, 8)
    .option("--backend <name>", "auto, wasm, cpu, webgpu, webgl, or engine, which needs no tfjs", "auto")
    .option("--threads <n>", "threads of the engine", parseCount)
    .action((out: string, options: TableOptions) =>
      action(async (report) => (await import("./search/build-table.js")).buildTable(out, options, version, report)),
    );
}

/** The options that say what is searched. */
function withSpace(command: Command): Command {
  return command
    .option("--space <name>", "v2, mnasnet, or a space of your own (.json)", "v2")
    .option("--base <name>", "what v2 is built around: a network or a spec (.json); unless given, EfficientNet-B4");
}
