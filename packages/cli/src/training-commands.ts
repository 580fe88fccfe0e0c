import { type Command, Option } from "commander";
import { parseCount, parseSeed, parseShare } from "./arguments.js";
import type { EvaluateOptions } from "./commands/evaluate.js";
import type { ResumeOptions } from "./commands/resume.js";
import type { ScheduleOptions } from "./commands/schedule.js";
import type { TrainOptions } from "./commands/train.js";
import type { RunCommand } from "./weights-commands.js";

const FOLDERS = `
DIR has one folder of pictures for each class: DIR/cat/1.jpg  DIR/dog/1.jpg  DIR/dog/2.jpg
A run is a folder with metrics.jsonl, checkpoint.safetensors, model.safetensors and report.html. Ctrl-C stops it with a
checkpoint, and efficientnet resume goes on.`;

/** The commands that train networks and judge them. */
export function addTrainingCommands(program: Command, action: RunCommand): void {
  program
    .command("train")
    .summary("a network on your own pictures")
    .description("Trains a network on a folder of pictures: from nothing, or further from weights.")
    .argument("<dir>", "one folder of pictures for each class")
    .option("--model <name>", "as for inspect, or a spec (.json)", "efficientnetv2-b0")
    .addOption(new Option("--spec <file>", "a spec (.json), such as the best of a search").conflicts("model"))
    .option("--from <weights>", "weights to go on from; then only the classifier is trained, unless --train-from")
    .option("--train-from <part>", "where training begins: all, stages.4, head or classifier")
    .option("--out <run>", "folder of the run (default: runs/1, runs/2, ...)")
    .option("--test <dir>", "pictures to test with; unless given, a share of DIR")
    .option("--share <share>", "share of each class that is held back for testing", parseShare, 0.2)
    .addOption(new Option("--preset <name>", "a published recipe: paper or automl").conflicts("recipe"))
    .option("--recipe <file>", "a recipe of your own, JSON")
    .option("--epochs <n>", "how often every picture is seen", parseCount)
    .option("--batch <n>", "pictures in a step", parseCount)
    .option("--image-size <pixels>", "side of the largest images", parseCount)
    .option("--fixed", "the largest size throughout, in place of progressive learning")
    .option("--seed <n>", "what everything random follows from", parseSeed, 0)
    .option("--backend <name>", "auto, wasm, cpu or webgpu", "auto")
    .addHelpText("after", FOLDERS)
    .action((folder: string, { spec, ...options }: TrainOptions & { readonly spec?: string }) => {
      const chosen = { ...options, model: spec ?? options.model };
      return action(async (report) => (await import("./commands/train.js")).train(folder, chosen, report));
    });

  program
    .command("resume")
    .summary("go on with a run that was stopped")
    .description(
      "Goes on with a run from its last checkpoint: on the same backend, exactly as if it had never stopped.",
    )
    .argument("<run>", "folder of the run")
    .option("--backend <name>", "another backend than the run began on")
    .action((run: string, options: ResumeOptions) =>
      action(async (report) => (await import("./commands/resume.js")).resume(run, options, report)),
    );

  program
    .command("evaluate")
    .summary("how well a network does on pictures")
    .description("Classifies a folder of pictures, one folder for each class, and says how many were right.")
    .argument("<network>", "folder of a run, or weights")
    .argument("<dir>", "one folder of pictures for each class")
    .option("--model <name>", "as for inspect; needed where the weights alone do not say it")
    .option("--max-pixels <n>", "refuse pictures with more pixels than this (default: 178956970)", parseCount)
    .option("--backend <name>", "auto, wasm, cpu or webgpu", "auto")
    .action((network: string, folder: string, options: EvaluateOptions) =>
      action(async (report) => (await import("./commands/evaluate.js")).evaluate(network, folder, options, report)),
    );

  program
    .command("schedule")
    .summary("the stages of a published recipe")
    .description("Shows the stages of progressive learning as published: image size and regularisation by epoch.")
    .requiredOption("--preset <name>", "paper: table 6 of EfficientNetV2; automl: the code released with it")
    .requiredOption("--model <name>", "efficientnetv2-s, -m, -l; of automl also -xl and -b0 to -b3")
    .action((options: ScheduleOptions) =>
      action(async (report) => (await import("./commands/schedule.js")).schedule(options, report)),
    );
}
