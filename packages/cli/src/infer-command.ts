import { type Command, InvalidArgumentError } from "commander";
import { parseCount, parseSeed } from "./arguments.js";
import type { InferOptions } from "./bench/infer.js";
import type { RunCommand } from "./weights-commands.js";

const EXAMPLES = `
Examples:
  efficientnet bench infer
  efficientnet bench infer --models efficientnet-b0 --threads 1 --vs onnxruntime-web --json > report.json
  efficientnet bench infer --models efficientnetv2-b0 --profile

Every contestant has a process of its own, the same weights and the same input, and must give the same logits. In each round
everybody has one turn, in an order that is shuffled anew; "x ours" is a contestant's time over that of the engine with as many
threads in the same round. Contestants are optional packages: npm install onnxruntime-web onnxruntime-node`;

/** `bench infer`: the engine without tfjs beside what else runs networks here. */
export function addInferCommand(bench: Command, action: RunCommand): void {
  bench
    .command("infer")
    .summary("inference beside ONNX Runtime and tfjs, and step by step")
    .description(
      "Times inference on the engine without tfjs beside ONNX Runtime and tfjs, in turns: ratios with their spread.",
    )
    .option("--models <names>", "networks, separated by commas", parseNames, ["efficientnet-b0", "efficientnetv2-b0"])
    .option("--threads <counts>", "numbers of threads", parseCounts, [1, 2])
    .option("--batch <sizes>", "pictures per run", parseCounts, [1])
    .option("--size <pixels>", "side of the input; the network's own unless told", parseCount)
    .option(
      "--vs <names>",
      "onnxruntime-web, onnxruntime-node, tfjs, tfjs-separate (batch norm not folded), model (ours on tfjs)",
      parseNames,
      ["onnxruntime-web", "onnxruntime-node", "tfjs"],
    )
    .option("--rounds <n>", "how often everybody has a turn", parseCount, 15)
    .option("--runs <n>", "runs in a turn, of which the median counts", parseCount, 3)
    .option("--warm-up <ms>", "how long each runs beforehand", parseCount, 1000)
    .option("--seed <n>", "what weights and input follow from", parseSeed, 1)
    .option("--profile", "in place of a race, the time of every step beside its floor, on one thread")
    .addHelpText("after", EXAMPLES)
    .action((options: InferOptions) =>
      action(async (report) => (await import("./bench/infer.js")).benchInfer(options, report)),
    );
}

const parseNames = (text: string): readonly string[] => {
  const names = text.split(",").map((name) => name.trim());
  if (names.every((name) => name !== "")) return names;
  throw new InvalidArgumentError("Names are separated by single commas.");
};

const parseCounts = (text: string): readonly number[] => text.split(",").map((count) => parseCount(count.trim()));
