/** pnpm docs: generated sections and API reference. --check: whether the sections are up to date. */
import { join } from "node:path";
import { root } from "../../start/run.mjs";
import { convertApi } from "./convert-api.js";
import { outdatedDocuments, writeDocument } from "./documents.js";

async function write(): Promise<number> {
  for (const document of outdatedDocuments()) {
    writeDocument(document);
    console.log(`wrote ${document.path}`);
  }
  const folder = join(root, "tooling/docs/api");
  const { app, project } = await convertApi();
  await app.generateDocs(project, folder);
  console.log(`wrote ${join(folder, "index.html")}`);
  return 0;
}

function check(): number {
  const outdated = outdatedDocuments();
  for (const { path } of outdated) console.error(`${path} is out of date\n  hint: npm run docs writes it`);
  return outdated.length === 0 ? 0 : 1;
}

const VERBS: Readonly<Record<string, () => number | Promise<number>>> = { "": write, "--check": check };

const verb = VERBS[process.argv.slice(2).join(" ")];
if (verb === undefined) console.error("usage: npm run docs [-- --check]");
process.exitCode = verb === undefined ? 2 : await verb();
