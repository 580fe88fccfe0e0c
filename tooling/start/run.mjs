// Starting child processes. Plain Node, no dependencies: these files run before anything is installed.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The repository's folder, with a trailing separator. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

const FORWARDED = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * Runs a command to its end, passes signals on to it, and resolves to its exit code (128 + signal when killed).
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, stdout?: "inherit" | "stderr", shell?: boolean }} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, { cwd = root, env = {}, stdout = "inherit", shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const out = stdout === "stderr" ? process.stderr : process.stdout;
    const child = spawn(command, [...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["inherit", out, "inherit"],
      shell,
    });
    // A terminal sends Ctrl-C to the child as well; a second one would stop it without cleaning up.
    /** @type {(signal: NodeJS.Signals) => void} */
    const forward = (signal) => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of FORWARDED) process.on(signal, forward);
    child.once("error", reject);
    child.once("close", (code, signal) => {
      for (const name of FORWARDED) process.off(name, forward);
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/**
 * The arguments that make node run a TypeScript file with every workspace import going to `src`, also in worker threads.
 * Loaders are named by their full addresses, because node resolves `--import` from the working directory.
 *
 * @param {string} file
 * @param {readonly string[]} args
 */
export function sourceArguments(file, args) {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const threads = new URL("threads.mjs", import.meta.url).href;
  return ["--conditions=@efficientnet/source", "--import", loader, "--import", threads, file, ...args];
}
