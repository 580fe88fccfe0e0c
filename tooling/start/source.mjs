// node tooling/start/source.mjs FILE ARGS...: runs a TypeScript file of this repository from source.
import { resolve } from "node:path";
import { root, run, sourceArguments } from "./run.mjs";
import { setup } from "./setup.mjs";

const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  console.error("usage: node tooling/start/source.mjs FILE ARGS...");
  process.exit(2);
}
await setup();
// npm moves to the repository before it runs a script; paths in ARGS are meant from where the person stood.
const cwd = process.env.INIT_CWD ?? process.cwd();
process.exitCode = await run(process.execPath, sourceArguments(resolve(root, file), args), { cwd });
