import { Argument, type Command } from "commander";
import { parseDigest } from "./arguments.js";
import type { CacheAction } from "./commands/cache.js";
import type { ConvertOptions } from "./commands/convert.js";
import type { DownloadOptions } from "./commands/download.js";
import type { VerifyOptions } from "./commands/verify.js";
import type { ExitCode } from "./exit-code.js";
import type { Report } from "./report.js";

/** Runs a command with somewhere to answer, and hands on its exit code. */
export type RunCommand = (run: (report: Report) => Promise<ExitCode>) => Promise<void>;

/** The commands about weights files themselves. */
export function addWeightsCommands(program: Command, action: RunCommand): void {
  program
    .command("convert")
    .summary("weights under other names, in a file that describes itself")
    .description(
      "Writes weights of any format as safetensors, with the network, the preprocessing and the labels inside, so that they load with nothing else. Under another library's names that library loads them too.",
    )
    .argument("<in>", "the weights: a file, or the index of several")
    .argument("<out>", "what is written, ending in .safetensors")
    .option("--names <family>", "whose names and layouts: canonical, timm, torchvision, keras-v2, ...", "canonical")
    .option("--dtype <type>", "f32, or f16 for half the size", "f32")
    .option("--model <name>", "as for inspect; needed where the weights alone do not say it")
    .option("--labels <file>", "names of the classes: one a line, a JSON array, or a JSON object by number")
    .option("--force", "replace a file that exists")
    .action((from: string, to: string, options: ConvertOptions) =>
      action(async (report) => (await import("./commands/convert.js")).convert(from, to, options, report)),
    );

  program
    .command("verify")
    .summary("whether a weights file is whole and fits")
    .description("Reads every value of a weights file and says what it is; ends with 1 unless it is whole and fits.")
    .argument("<file>", "the weights: a file, or the index of several")
    .option("--model <name>", "the network it should be for; unless given, the one it says or looks like")
    .option("--sha256 <hex>", "what its SHA-256 should be, or begin with", parseDigest)
    .action((file: string, options: VerifyOptions) =>
      action(async (report) => (await import("./commands/verify.js")).verify(file, options, report)),
    );

  program
    .command("download")
    .summary("weights from where they are published")
    .description("Downloads weights, verifies them by their published hash, and keeps them for all later commands.")
    .argument("<source>", "published weights (library/arch.tag), hf:owner/name[@revision][/file], or an https address")
    .option("--to <path>", "write a copy to this file or folder")
    .option("--force", "replace a file that exists")
    .action((source: string, options: DownloadOptions) =>
      action(async (report) => (await import("./commands/download.js")).download(source, options, report)),
    );

  program
    .command("cache")
    .summary("the downloads that are kept")
    .description("Lists the downloads that are kept, says where, or removes them.")
    .addArgument(new Argument("<action>", "what to do").choices(["list", "path", "clear"]))
    .action((what: CacheAction) => action(async (report) => (await import("./commands/cache.js")).cache(what, report)));
}
