// npm run kernels: compiles assembly/ to src/kernels.generated.ts; with --check it only says whether they agree.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { generateKernels } from "./generate.mjs";

const file = fileURLToPath(new URL("../src/kernels.generated.ts", import.meta.url));
const source = await generateKernels();
if (!process.argv.includes("--check")) writeFileSync(file, source);
else if (readFileSync(file, "utf8") !== source) {
  console.error("src/kernels.generated.ts is not what assembly/ compiles to: npm run kernels");
  process.exitCode = 1;
}
