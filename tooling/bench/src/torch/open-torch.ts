import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Host } from "@efficientnet/bench";
import { torchGraph } from "./torch-graph.js";

const PROGRAM = fileURLToPath(new URL("run_graph.py", import.meta.url));

/** A contestant in eager PyTorch, in a process of the Python that is given. */
export function openTorch(python: string | undefined): Host {
  let child: ChildProcess | undefined;
  let lines: AsyncIterator<string> | undefined;
  const folder = mkdtempSync(join(tmpdir(), "efficientnet-torch-"));
  const read = async <T>(): Promise<T> => {
    const next = await lines?.next();
    if (next === undefined || next.done) throw new Error("Python ended; what it said stands above");
    return JSON.parse(next.value) as T;
  };
  const ask = <T>(verb: string, count = 1): Promise<T> => {
    child?.stdin?.write(`${JSON.stringify([verb, count])}\n`);
    return read<T>();
  };
  return {
    async open(engine, task) {
      if (python === undefined) throw new Error("no Python was given: --python PATH, one that has torch");
      if (engine.kind !== "pytorch") throw new Error(`${engine.kind} does not run in Python`);
      const { description, floats } = torchGraph(task, engine);
      const [graph, values] = [join(folder, "graph.json"), join(folder, "values.bin")];
      writeFileSync(graph, description);
      writeFileSync(values, floats);
      child = spawn(python, [PROGRAM, graph, values], { stdio: ["pipe", "pipe", "inherit"] });
      const failed = new Promise<never>((_, reject) => child?.once("error", reject));
      lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
      const version = await Promise.race([read<string>(), failed]);
      return `PyTorch ${version}, eager, ${engine.tuned ? "batch norm folded, channels last" : "evaluation mode"}, threads ${engine.threads}`;
    },
    answer: async () => Float32Array.from(await ask<readonly number[]>("answer")),
    time: (_, count) => ask("time", count),
    close: async () => undefined,
    async end() {
      child?.stdin?.end();
      if (child !== undefined && child.exitCode === null) await new Promise((resolve) => child?.once("exit", resolve));
      rmSync(folder, { recursive: true });
    },
  };
}
