// npm run demo
import { join } from "node:path";
import { root, run, sourceArguments } from "./run.mjs";
import { setup } from "./setup.mjs";

await setup();
const args = sourceArguments(join(root, "tooling/demo/src/main.ts"), process.argv.slice(2));
process.exitCode = await run(process.execPath, args, { cwd: process.env.INIT_CWD ?? process.cwd() });
