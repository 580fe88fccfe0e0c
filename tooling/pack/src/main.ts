import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BUNDLERS } from "./bundle-page.js";
import { checkContents } from "./check-contents.js";
import { checkTypes, lintTarball } from "./check-exports.js";
import type { Ended } from "./command.js";
import { createConsumer, runCommand, runScript, typeCheck } from "./consumer.js";
import { openBundle } from "./open-bundle.js";
import { packPackages } from "./pack-packages.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "efficientnet-pack-"));
const consumer = join(scratch, "consumer");
let failures = 0;

function report(title: string, problem: string): void {
  if (problem !== "") failures++;
  console.log(`${problem === "" ? "ok    " : "FAILED"} ${title}`);
  if (problem !== "") console.log(problem);
}

const problemOf = ({ code, output }: Ended) => (code === 0 ? "" : `exit code ${code}\n${output}`);

/** What a task finds wrong, or throws. */
async function problemIn(task: () => Promise<string>): Promise<string> {
  try {
    return await task();
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

try {
  const tarballs = await packPackages(join(root, "packages"), join(scratch, "tarballs"));
  for (const tarball of tarballs) {
    report(`${tarball.name}: publint accepts the manifest`, await lintTarball(tarball));
    report(`${tarball.name}: the types resolve from ESM, CommonJS and bundlers`, await checkTypes(tarball));
  }
  const installed = problemOf(await createConsumer(consumer, tarballs));
  report("npm installs the tarballs side by side", installed);
  if (installed === "") {
    for (const { name, commands } of tarballs) {
      report(`${name}: the right files`, checkContents(join(consumer, "node_modules", name), root));
      for (const command of commands)
        report(`${name}: ${command} --help`, problemOf(await runCommand(consumer, command, ["--help"])));
    }
    report("an ES module uses them", problemOf(await runScript(consumer, "esm.mjs")));
    report("a CommonJS module uses them", problemOf(await runScript(consumer, "cjs.cjs")));
    for (const [bundler, bundle] of Object.entries(BUNDLERS)) {
      const page = join(scratch, bundler);
      const problem = await problemIn(() => bundle(consumer, page).then(() => openBundle(page)));
      report(`a page and its workers, bundled by ${bundler}`, problem);
    }
    report("TypeScript with module nodenext", problemOf(await typeCheck(consumer, "nodenext")));
    report("TypeScript with module bundler", problemOf(await typeCheck(consumer, "bundler")));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = failures === 0 ? 0 : 1;
