import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const conditions = ["@efficientnet/source"];

/** Tests run from source: the export condition sends every workspace import to `src`. */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  resolve: { conditions: [...conditions, "module", "node", "development|production"] },
  ssr: {
    resolve: { conditions: [...conditions, "module", "node", "development|production"], externalConditions: ["node"] },
  },
  test: {
    include: ["packages/*/src/**/*.test.ts", "tooling/*/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", "tooling/graph/fixtures/**"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // tfjs advertises its native build once per process.
    onConsoleLog: (log) => !log.includes("running TensorFlow.js in Node.js"),
  },
});
