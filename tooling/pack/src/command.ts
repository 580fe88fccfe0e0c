import { spawn } from "node:child_process";

export interface Ended {
  readonly code: number;
  /** stdout and stderr, as they came. */
  readonly output: string;
}

/** Runs a command to its end and keeps what it printed. */
export function command(name: string, args: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // npm is a batch file on Windows, which only a shell starts.
    const child = spawn(name, args, { cwd, shell: process.platform === "win32" && name === "npm" });
    let output = "";
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs a JavaScript file with this Node. */
export function node(args: readonly string[], cwd: string): Promise<Ended> {
  return command(process.execPath, args, cwd);
}
