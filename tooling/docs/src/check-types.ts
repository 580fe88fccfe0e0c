import { join } from "node:path";
import { root } from "../../start/run.mjs";
import type { ExampleFolder } from "./example-folder.js";
import { runInNode } from "./run-in-node.js";

const compiler = join(root, "node_modules/typescript/bin/tsc");

/**
 * What the compiler has to say about files, as strict as it is about this repository; empty when it is content.
 *
 * @param folder - where the project file is put.
 */
export async function checkTypes(files: readonly string[], folder: ExampleFolder): Promise<string> {
  const project = {
    extends: join(root, "tooling/typescript/base.json"),
    compilerOptions: { moduleDetection: "force" },
    files,
  };
  const path = folder.write("tsconfig.json", JSON.stringify(project));
  return runInNode(compiler, ["-p", path, "--pretty", "false"], root).catch((error: Error) => error.message);
}
