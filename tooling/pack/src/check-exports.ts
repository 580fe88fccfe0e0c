import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { node } from "./command.js";
import type { Tarball } from "./pack-packages.js";

const attw = join(createRequire(import.meta.url).resolve("@arethetypeswrong/cli/package.json"), "../dist/index.js");

/** What publint finds wrong with a manifest and the files it names: warnings and errors. */
export async function lintTarball({ path }: Tarball): Promise<string> {
  const bytes = Uint8Array.from(readFileSync(path));
  const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, level: "warning", strict: true });
  return messages.map((message) => formatMessage(message, pkg)).join("\n");
}

/**
 * What attw finds wrong with how the types resolve, from ES modules, CommonJS and bundlers. `node10` resolution is
 * left out: it knows no subpath exports.
 */
export async function checkTypes({ path }: Tarball): Promise<string> {
  const args = [attw, path, "--profile", "node16", "--no-definitely-typed", "--format", "ascii", "--no-emoji"];
  const { code, output } = await node(args, dirname(path));
  return code === 0 ? "" : output;
}
