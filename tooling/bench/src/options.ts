import { BACKEND_NAMES, type BackendName } from "@efficientnet/backends";
import { RIVALS, type Rival } from "@efficientnet/bench";
import type { Webgl } from "@efficientnet-tooling/chromium";
import { Command, InvalidArgumentError, Option } from "commander";

/** What the command line asks for. */
export interface Options {
  readonly models: readonly string[];
  readonly batch: readonly number[];
  readonly size?: number;
  readonly backends: readonly BackendName[];
  readonly vs: readonly Rival[];
  readonly threads: readonly number[];
  readonly repeats: number;
  readonly runs: number;
  readonly warmUp: number;
  readonly webgl: Webgl;
  /** A Python that has torch, for pytorch. */
  readonly python?: string;
  readonly seed: number;
  readonly json?: string;
}

const DEFAULT_RIVALS: readonly Rival[] = ["onnxruntime-web", "onnxruntime-node", "tfjs"];

export function createCommand(): Command {
  return new Command("bench")
    .description("Time whole networks: ours, stock tfjs, ONNX Runtime and PyTorch, same weights, same input, in turns.")
    .option("--models <names>", "networks with SiLU, separated by commas", list, [
      "efficientnet-b0",
      "efficientnetv2-b0",
    ])
    .option("--batch <sizes>", "pictures per run", numbers, [1, 8])
    .option("--size <pixels>", "side of the input; the network's own unless told", positive)
    .option("--backends <names>", "wasm and cpu in Node, webgl and webgpu in a browser", oneOf(BACKEND_NAMES), ["wasm"])
    .option("--vs <rivals>", "what ours is held against", oneOf(RIVALS), DEFAULT_RIVALS)
    .option("--threads <counts>", "thread counts of ours, ONNX Runtime and PyTorch", numbers, [1, 2])
    .option("--repeats <rounds>", "rounds, in each of which every contestant has a turn", positive, 15)
    .option("--runs <count>", "runs in a turn, of which the median counts", positive, 3)
    .option("--warm-up <ms>", "how long each contestant runs beforehand", positive, 1000)
    .addOption(
      new Option("--webgl <renderer>", "what draws in the browser")
        .choices(["hardware", "swiftshader", "llvmpipe"])
        .default("hardware"),
    )
    .option("--python <path>", "a Python that has torch, which joins in as pytorch")
    .option("--seed <number>", "of weights and input", positive, 1)
    .option("--json <file>", "write everything that was measured to a file");
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("expected a positive integer");
  return value;
}

function list(text: string): readonly string[] {
  return text.split(",").map((item) => item.trim());
}

function numbers(text: string): readonly number[] {
  return list(text).map(positive);
}

function oneOf<Name extends string>(names: readonly Name[]): (text: string) => readonly Name[] {
  return (text) =>
    list(text).map((item) => {
      const name = names.find((one) => one === item);
      if (name === undefined) throw new InvalidArgumentError(`"${item}" is none of ${names.join(", ")}`);
      return name;
    });
}
