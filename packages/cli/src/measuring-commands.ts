import type { Command } from "commander";
import { parseCount } from "./arguments.js";
import type { BlocksOptions } from "./bench/blocks.js";
import type { CompareOptions } from "./bench/compare.js";
import type { RunCommand } from "./weights-commands.js";

/** The commands under `bench` that time blocks and networks by the counts of their specs. */
export function addMeasuringCommands(bench: Command, action: RunCommand): void {
  withTurns(
    bench
      .command("blocks")
      .summary("MBConv against Fused-MBConv at every stage")
      .description(
        "Times MBConv against Fused-MBConv at every block geometry of a network, on this machine, beside multiply-adds, memory traffic and arithmetic intensity: where the fused block pays, and where it stops.",
      ),
  )
    .option(
      "--model <name>",
      "whose stages: a network, or a spec (.json), with @pixels for another size",
      "efficientnetv2-s",
    )
    .option("--no-squeeze", "leave squeeze-and-excitation out of MBConv")
    .action((options: BlocksOptions) =>
      action(async (report) => (await import("./bench/blocks.js")).benchBlocks(options, report)),
    );

  withTurns(
    bench
      .command("compare")
      .summary("networks side by side")
      .description(
        "Shows networks side by side: parameters, multiply-adds, latency and training throughput on this machine.",
      )
      .argument("<name...>", "networks or specs (.json), with @pixels for another size: efficientnet-b0@128"),
  )
    .option("--no-training", "leave training steps out")
    .option("--training-batch <n>", "pictures in a training step", parseCount, 4)
    .option("--training-rounds <n>", "how often a training step is timed, in turns", parseCount, 3)
    .action((names: readonly string[], options: CompareOptions) =>
      action(async (report) => (await import("./bench/compare.js")).benchCompare(names, options, report)),
    );
}

function withTurns(command: Command): Command {
  return command
    .option("--resolution <pixels>", "side of the input, in place of the usual one", parseCount)
    .option("--batch <n>", "pictures at once", parseCount, 1)
    .option("--rounds <n>", "how often each is timed, in turns", parseCount, 11)
    .option("--warm-up <ms>", "how long each runs before anything counts", parseCount, 100)
    .option("--backend <name>", "auto, wasm, cpu, webgpu, webgl, or engine, which needs no tfjs", "auto")
    .option("--threads <n>", "threads of the engine", parseCount)
    .option("--html <file>", "also write a page with charts that needs nothing else");
}
