// Installs the dependencies that the lock file names, once.
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root, run } from "./run.mjs";

const OLDEST_NODE = 20;

const QUIET = {
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1",
  ONNXRUNTIME_NODE_INSTALL: "skip",
  TURBO_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
};

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return undefined;
  }
}

/**
 * Nothing can run without the setup, and a stack trace would hide the one line that matters.
 *
 * @type {(message: string) => never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}

/** pnpm leaves a copy of the lock file in what it installed. */
function upToDate() {
  const installed = read("node_modules/.pnpm/lock.yaml");
  return installed !== undefined && installed === read("pnpm-lock.yaml");
}

/**
 * Makes node_modules match the lock file; does nothing when it does already. What pnpm prints goes to stderr, so
 * that a command's own output stays clean.
 */
export async function setup() {
  if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE) {
    fail(`Node ${OLDEST_NODE} or newer is needed\n  received: Node ${process.versions.node}`);
  }
  // turbo looks for pnpm on PATH; npm puts this folder there, a bare `node tooling/start/...` does not.
  Object.assign(process.env, QUIET, { PATH: join(root, "node_modules/.bin") + delimiter + (process.env.PATH ?? "") });
  if (upToDate()) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  // With --package, a surrounding `npx -p node@22` does not choose the package for this one.
  const args = ["--yes", `--package=${packageManager}`, "--", "pnpm", "install", "--frozen-lockfile"];
  // npx is a batch file on Windows, which only a shell starts.
  const code = await run("npx", args, { stdout: "stderr", shell: process.platform === "win32" });
  if (code !== 0) fail(`npx ${args.join(" ")} failed with exit code ${code}`);
}
