import { Command, Option } from "commander";
import { parseCount, parseLevels, parseSeed } from "./arguments.js";
import type { ClassifyOptions } from "./commands/classify.js";
import type { FeaturesOptions } from "./commands/features.js";
import type { InspectOptions } from "./commands/inspect.js";
import type { ListOptions } from "./commands/list.js";
import type { ExitCode } from "./exit-code.js";
import { addInferCommand } from "./infer-command.js";
import type { Io } from "./io.js";
import { addMeasuringCommands } from "./measuring-commands.js";
import type { NetworkOptions } from "./network/open-network.js";
import { createReport } from "./report.js";
import { addSearchCommands } from "./search-commands.js";
import { addTrainingCommands } from "./training-commands.js";
import { addWeightsCommands, type RunCommand } from "./weights-commands.js";

const EXAMPLES = `
Examples:
  efficientnet list --weights
  efficientnet inspect efficientnetv2-s --resolution 300 --batch 8
  efficientnet inspect efficientnet-b0 --json | jq .spec > my-network.json
  efficientnet classify photos/*.jpg --model keras/EfficientNetB0 --weights b0.safetensors
  efficientnet classify new/*.jpg --weights b0.safetensors --examples examples/ --save-examples pets.json
  efficientnet convert model.h5 model.safetensors --model keras/EfficientNetB0 --names timm
  efficientnet embed photos/*.jpg --weights b0.safetensors --json > embeddings.jsonl

Exit code: 0 answered, 1 something failed, 2 wrong usage, 130 interrupted.`;

const EXAMPLE_FOLDERS = `
Without --examples the network's own classifier answers. With a folder of folders such as
  examples/cat/1.jpg  examples/dog/1.jpg  examples/dog/2.jpg
a picture is what it is most similar to (cosine, -1 to 1); one example for each class is enough to begin with.`;

/** The command with all its subcommands; each is loaded when it is asked for, so that \`--help\` is quick. */
export function createProgram(io: Io, end: (code: ExitCode) => void): Command {
  const program = new Command("efficientnet")
    .description("EfficientNet and EfficientNetV2: what they are, and what they see in pictures.")
    .option("--json", "answer as JSON; one line for each picture")
    .option("-q, --quiet", "no progress and no warnings")
    .option("--verbose", "show the backend, and where errors happened")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) })
    .showHelpAfterError("(efficientnet --help lists commands and options)")
    .addHelpText("after", EXAMPLES)
    .exitOverride();
  if (io.version !== undefined) program.version(io.version);

  /** Runs a command and hands on its exit code. */
  const action: RunCommand = async (run) => {
    const report = createReport(io, program.opts());
    try {
      end(await run(report));
    } finally {
      report.end();
    }
  };

  program
    .command("list")
    .summary("the networks that have a name")
    .description("Lists the networks that have a name, with their size at the resolution they are evaluated with.")
    .option("--weights", "also the weights that are published for them")
    .action((options: ListOptions) =>
      action(async (report) => (await import("./commands/list.js")).list(options, report)),
    );

  program
    .command("inspect")
    .summary("what a network costs, or what a weights file is")
    .description(
      "Shows a network part by part: shapes, parameters, multiply-adds, memory traffic of float32, arithmetic intensity.",
    )
    .argument("<name>", "a network, weights (library/arch.tag), library/arch, a spec (.json), or a weights file")
    .option("--resolution <pixels>", "side of the input, in place of the usual one", parseCount)
    .option("--batch <n>", "pictures at once", parseCount, 1)
    .option("--blocks", "a line for each block, not for each stage")
    .action((name: string, options: InspectOptions) =>
      action(async (report) => (await import("./commands/inspect.js")).inspect(name, options, report)),
    );

  withNetwork(
    program
      .command("classify")
      .summary("what pictures show")
      .description("Says what pictures show: by the network's classes, or by examples of your own.")
      .argument("[image...]", "JPEG, PNG, WebP, GIF, AVIF, TIFF, SVG or BMP files"),
  )
    .option("--top-k <n>", "how many classes to answer with", parseCount, 5)
    .addOption(
      new Option(
        "--labels <file>",
        "names of the classes: one a line, a JSON array, or a JSON object by number",
      ).conflicts("examples"),
    )
    .option("--examples <dir>", "one folder of pictures for each class, or a file made by --save-examples")
    .option("--save-examples <file>", "write the examples as JSON, to be used again with the same weights")
    .option("--neighbours <k>", "let the k most similar examples vote, not the mean of each class", parseCount)
    .addHelpText("after", EXAMPLE_FOLDERS)
    .action((images: readonly string[], options: ClassifyOptions) =>
      action(async (report) => (await import("./commands/classify.js")).classify(images, options, report)),
    );

  withNetwork(
    program
      .command("embed")
      .summary("the embeddings of pictures")
      .description("Turns pictures into embeddings: the pooled features before the classifier.")
      .argument("<image...>", "JPEG, PNG, WebP, GIF, AVIF, TIFF, SVG or BMP files"),
  ).action((images: readonly string[], options: NetworkOptions) =>
    action(async (report) => (await import("./commands/embed.js")).embed(images, options, report)),
  );

  withNetwork(
    program
      .command("features")
      .summary("the feature maps of a picture")
      .description("Shows the feature pyramid of a picture: what a detector or segmenter takes from a backbone.")
      .argument("<image>", "JPEG, PNG, WebP, GIF, AVIF, TIFF, SVG or BMP file"),
  )
    .option("--levels <list>", "0 is the finest, -1 the coarsest: 2,-1,head (default: all but head)", parseLevels)
    .option("--save <file>", "write the maps as safetensors, NHWC")
    .action((image: string, options: FeaturesOptions) =>
      action(async (report) => (await import("./commands/features.js")).features(image, options, report)),
    );

  addTrainingCommands(program, action);
  addWeightsCommands(program, action);

  const bench = program
    .command("bench")
    .summary("how fast networks and their blocks are here")
    .description("Times networks and their blocks on this machine.");
  addInferCommand(bench, action);
  addMeasuringCommands(bench, action);
  addSearchCommands(program, action, io.version);

  program
    .command("backends")
    .summary("what can compute on this machine")
    .description("Shows which backends run on this machine, and in which order auto tries them.")
    .action(() => action(async (report) => (await import("./commands/backends.js")).backends(report)));

  return program;
}

/** The options that say which network to load, and where it runs. */
function withNetwork(command: Command): Command {
  return command
    .option("--model <name>", "as for inspect; needed where the weights alone do not say it")
    .addOption(
      new Option(
        "--weights <source>",
        "file, address or name of the weights; unless given, those of the model",
      ).conflicts("seed"),
    )
    .option("--seed <n>", "an untrained network in place of weights", parseSeed)
    .option("--max-pixels <n>", "refuse pictures with more pixels than this (default: 178956970)", parseCount)
    .option("--backend <name>", "auto, wasm, cpu, webgpu or webgl", "auto");
}
