// npm run kernels: compiles assembly/, with the micro-kernel and the arithmetic of packages/wasm, to
// src/kernels.generated.ts; with --check it only says whether they agree.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { generateKernels } from "./generate.mjs";

const file = fileURLToPath(new URL("../src/kernels.generated.ts", import.meta.url));
const source = await generateKernels();
if (!process.argv.includes("--check")) writeFileSync(file, source);
else if (readFileSync(file, "utf8") !== source) {
  console.error(
    "packages/kernels/src/kernels.generated.ts is not what assembly/ and packages/wasm compile to: npm run kernels",
  );
  process.exitCode = 1;
}
