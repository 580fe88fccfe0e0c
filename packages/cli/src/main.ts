#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { run } from "./run.js";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  readonly version: string;
};

// A second Ctrl-C finds nobody listening and ends the process at once.
const interrupt = new AbortController();
process.once("SIGINT", () => interrupt.abort());

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // Whoever read along, such as `head`, has seen enough.
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  signal: interrupt.signal,
  debug: (process.env.EFFICIENTNET_DEBUG ?? "") !== "",
  version,
});
