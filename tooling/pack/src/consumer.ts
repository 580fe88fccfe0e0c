import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { command, type Ended, node } from "./command.js";
import type { Tarball } from "./pack-packages.js";

const TFJS = "4.22.0";
const PEERS = {
  "@tensorflow/tfjs-core": TFJS,
  "@tensorflow/tfjs-backend-cpu": TFJS,
  "@tensorflow/tfjs-backend-wasm": TFJS,
};
const tsc = join(createRequire(import.meta.url).resolve("typescript/package.json"), "../bin/tsc");

/** A project of somebody else's, with the tarballs installed by npm and tfjs from its registry. */
export async function createConsumer(folder: string, tarballs: readonly Tarball[]): Promise<Ended> {
  cpSync(fileURLToPath(new URL("../consumer", import.meta.url)), folder, { recursive: true });
  mkdirSync(folder, { recursive: true });
  const files = Object.fromEntries(tarballs.map(({ name, path }) => [name, `file:${path}`]));
  const manifest = {
    name: "consumer",
    private: true,
    dependencies: { ...files, ...PEERS },
    // A package's own dependencies on its siblings come from the tarballs too.
    overrides: Object.fromEntries(tarballs.map(({ name }) => [name, `$${name}`])),
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, null, 2));
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
  return command("npm", ["install", ...quiet], folder);
}

/** Runs one of the consumer's scripts. */
export function runScript(folder: string, file: string): Promise<Ended> {
  return node([file], folder);
}

/** Type-checks the consumer as a project with this module setting would. */
export function typeCheck(folder: string, module: "nodenext" | "bundler"): Promise<Ended> {
  return node([tsc, "-p", `tsconfig.${module}.json`], folder);
}

/**
 * Runs an installed command from where npm linked it. `npm exec` would do, but not inside another `npx -p`, whose choice
 * of packages it inherits.
 */
export function runCommand(folder: string, name: string, args: readonly string[]): Promise<Ended> {
  const linked = join(folder, "node_modules", ".bin", process.platform === "win32" ? `${name}.cmd` : name);
  return command(linked, args, folder);
}
