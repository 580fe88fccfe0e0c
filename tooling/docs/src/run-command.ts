import { join } from "node:path";
import { root } from "../../start/run.mjs";
import { runInNode } from "./run-in-node.js";

/**
 * The arguments of each `efficientnet` command in a block, a line each. Quotes hold words together and `#` begins a
 * comment; there is no shell, so that the block runs alike everywhere.
 *
 * @throws Error for a line that is another command.
 */
export function parseCommands(code: string): readonly (readonly string[])[] {
  return code
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "")
    .map((line) => {
      const [command, ...args] = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
      if (command !== "efficientnet")
        throw new Error(`only efficientnet commands run in examples\n  received: ${line}`);
      return args;
    });
}

/** Runs the `efficientnet` command from source and gives what it printed. */
export function runCommand(args: readonly string[], cwd: string): Promise<string> {
  return runInNode(join(root, "packages/cli/src/main.ts"), args, cwd);
}
