import type { Command } from "commander";
import { parseCount, parseIndex, parsePositive, parseSeed, parseShare } from "./arguments.js";
import type { TableOptions } from "./search/build-table.js";
import type { GridOptions } from "./search/grid.js";
import type { PlanOptions } from "./search/make-plan.js";
import type { NextOptions } from "./search/next.js";
import type { EvaluatorOptions } from "./search/open-evaluator.js";
import type { RunOptions } from "./search/run.js";
import type { RunCommand } from "./weights-commands.js";

const EXAMPLES = `
Examples:
  efficientnet search local runs/mine --data photos/ --base my-network.json --samples 60
  efficientnet search plan runs/wide --data photos/ --base efficientnetv2-b0 --samples 1000 --shards 200
  efficientnet search run runs/wide --data photos/ --shard 7
  efficientnet search merge runs/wide
  efficientnet search report runs/wide

A search is a folder. Whatever was evaluated is kept there: the same command again goes on where it was interrupted.`;

/** The commands that find networks. */
export function addSearchCommands(program: Command, action: RunCommand, version = "source"): void {
  const search = program
    .command("search")
    .summary("find a network on your own device")
    .description("Finds networks of a space by training and timing candidates, on one machine or in shards on many.")
    .addHelpText("after", EXAMPLES);

  withEvaluator(
    withPlan(
      search
        .command("local")
        .summary("a whole search on this machine")
        .description("Plans, evaluates and merges a search on this machine; the same command resumes it.")
        .argument("<folder>", "where the search is kept"),
    ),
  ).action((folder: string, options: PlanOptions & EvaluatorOptions) =>
    action(async (report) => (await import("./search/local.js")).searchLocally(folder, options, version, report)),
  );

  withEvaluator(
    withPlan(
      search
        .command("plan")
        .summary("a search for many machines")
        .description("Writes a plan, of which any number of machines evaluate a shard each.")
        .argument("<folder>", "where the search is kept"),
    ),
  ).action((folder: string, options: PlanOptions & EvaluatorOptions) =>
    action(async (report) => (await import("./search/make-plan.js")).makePlan(folder, options, version, report)),
  );

  withEvaluator(
    search
      .command("run")
      .summary("evaluate a shard of a plan")
      .description(
        "Evaluates what is left of one shard. It may be killed and started again at any time, and loses at most one candidate.",
      )
      .argument("<folder>", "where the search is kept")
      .option(
        "--shard <i>",
        "from 0; unless given, SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX of the environment",
        parseIndex,
      ),
  ).action((folder: string, options: RunOptions) =>
    action(async (report) => (await import("./search/run.js")).runOneShard(folder, options, version, report)),
  );

  search
    .command("merge")
    .summary("the result of all shards")
    .description("Merges the results of all shards, prints the front, and writes the best network.")
    .argument("<folder>", "where the search is kept")
    .action((folder: string) =>
      action(async (report) => (await import("./search/merge.js")).mergeShards(folder, report)),
    );

  search
    .command("report")
    .summary("how a search went, as a page")
    .description("Shows how a search went so far, and writes a page with charts that needs nothing else.")
    .argument("<folder>", "where the search is kept")
    .option("--html <file>", "the page; report.html in the folder unless given")
    .action((folder: string, options: { readonly html?: string }) =>
      action(async (report) => (await import("./search/report-search.js")).reportSearch(folder, options, report)),
    );

  search
    .command("next")
    .summary("the best of a search, evaluated with more")
    .description("Plans the next rung of successive halving: the best networks of a search, trained longer or larger.")
    .argument("<folder>", "the search, finished")
    .argument("<next>", "where the next rung is kept")
    .option("--eta <n>", "one in so many is promoted", parsePositive, 3)
    .option("--epochs <n>", "how often a candidate sees every picture; as before unless given", parseCount)
    .option("--resolution <pixels>", "side of the input; as before unless given", parseCount)
    .action((folder: string, next: string, options: NextOptions) =>
      action(async (report) => (await import("./search/next.js")).planNext(folder, next, options, report)),
    );

  withTraining(
    search
      .command("grid")
      .summary("the bases of compound scaling")
      .description(
        "Scales a network by every alpha, beta and gamma of a grid in which alpha * beta^2 * gamma^2 is near 2, and trains each shortly; the same command resumes it.",
      )
      .argument("<folder>", "where the results are kept"),
  )
    .requiredOption("--data <dir>", "one folder of pictures for each class, or a module that makes a dataset")
    .option("--base <name>", "what is scaled: a network or a spec (.json); unless given, a small EfficientNetV2")
    .option("--step <distance>", "between neighbours of the grid", parsePositive, 0.1)
    .option("--tolerance <distance>", "how far from 2 the product may be", parsePositive, 0.1)
    .option("--backend <name>", "auto, wasm, cpu or webgpu", "auto")
    .action((folder: string, options: GridOptions) =>
      action(async (report) => (await import("./search/grid.js")).searchGrid(folder, options, version, report)),
    );

  withSpace(
    search
      .command("table")
      .summary("how long every block of a space takes here")
      .description(
        "Times every piece that networks of a space are made of, once, and writes a table that predicts any of them; whole networks timed in between say how far predictions are off.",
      )
      .argument("<out>", "the table that is written, JSON"),
  )
    .option("--resolution <pixels>", "side of the input, in place of the usual one", parseCount)
    .option("--batch <n>", "pictures at once", parseCount, 1)
    .option("--rounds <n>", "how often each is timed, in turns", parseCount, 11)
    .option("--warm-up <ms>", "how long each runs before anything counts", parseCount, 100)
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
    .option("--space <name>", "v2, small-v2, mnasnet, or a space of your own (.json)", "v2")
    .option("--base <name>", "what v2 is built around: a network or a spec (.json); unless given, EfficientNet-B4");
}

function withPlan(command: Command): Command {
  return withTraining(withSpace(command))
    .option("--samples <n>", "networks to evaluate", parseCount, 60)
    .option("--shards <n>", "parts that machines work on", parseCount, 1)
    .option("--strategy <name>", "random, evolution or policy-gradient", "random")
    .option(
      "--reward <name>",
      "v2, v2-hard (no slower to train than the base), mnasnet, efficientnet, or factors of your own (.json)",
      "v2",
    )
    .option(
      "--target <n>",
      "of the reward: milliseconds of inference (mnasnet), or multiply-adds (efficientnet)",
      parsePositive,
    )
    .option("--min-parameters <n>", "smaller networks are not tried", parsePositive)
    .option("--max-parameters <n>", "larger networks are not tried", parsePositive)
    .option("--min-macs <n>", "cheaper networks are not tried", parsePositive)
    .option("--max-macs <n>", "dearer networks are not tried", parsePositive);
}

/** The options that say how candidates are trained. */
function withTraining(command: Command): Command {
  return command
    .option("--resolution <pixels>", "side of the input, in place of the space's", parseCount)
    .option("--epochs <n>", "how often a candidate sees every picture", parseCount, 5)
    .option("--batch-size <n>", "pictures in a step", parseCount, 32)
    .option("--learning-rate <rate>", "its peak, for AdamW", parsePositive, 3e-3)
    .option("--seed <n>", "what everything random follows from", parseSeed, 0)
    .option("--per-class <n>", "train on so many pictures of each class; unless given, on all", parseCount)
    .option("--share <share>", "share of each class that candidates are judged by", parseShare, 0.2);
}

function withEvaluator(command: Command): Command {
  return command
    .option("--data <dir>", "one folder of pictures for each class, or a module that makes a dataset")
    .option("--evaluator <module>", "a module that evaluates candidates in its own way, in place of training")
    .option("--backend <name>", "auto, wasm, cpu or webgpu", "auto");
}
