import { spawn } from "node:child_process";
import { sourceArguments } from "../../start/run.mjs";

/**
 * Runs a TypeScript file from source and gives what it printed.
 *
 * @throws Error with all that it printed when it ends with another code than 0.
 */
export function runInNode(file: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, sourceArguments(file, args), { cwd });
    let [printed, all] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      printed += chunk;
      all += chunk;
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      all += chunk;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`exit code ${code}\n${all}`));
    });
  });
}
