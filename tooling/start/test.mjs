// npm test: sets up, then runs every check and ends with `N passed, N failed`.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHECKS, checkOf, selectChecks, summary } from "./plan.mjs";
import { root, run, sourceArguments } from "./run.mjs";
import { setup } from "./setup.mjs";

/** @typedef {import("./plan.mjs").Outcome} Outcome */

const scratch = mkdtempSync(join(tmpdir(), "efficientnet-test-"));
process.once("exit", () => rmSync(scratch, { recursive: true, force: true }));

/**
 * The command of an installed package, by the name its manifest gives it.
 *
 * @param {string} name
 * @param {string} [command]
 */
function bin(name, command = name) {
  const folder = join(root, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
}

/** @type {(args: readonly string[], env?: Record<string, string>) => Promise<number>} */
const node = (args, env = {}) => run(process.execPath, args, { env });

/** @param {string[]} args */
const source = ([file = "", ...args]) => node(sourceArguments(join(root, file), args));

/**
 * The test files under a folder, from the repository's folder, with forward slashes.
 *
 * @param {string} folder
 * @returns {readonly string[]}
 */
function testFiles(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ["node_modules", "dist", "fixtures"].includes(entry.name) ? [] : testFiles(path);
    return entry.name.endsWith(".test.ts") ? [path] : [];
  });
}

/**
 * Runs the vitest files of one check; each test counts by itself.
 *
 * @param {import("./plan.mjs").TestCheckName} check
 * @returns {Promise<Omit<Outcome, "name">>}
 */
async function vitest(check) {
  const files = ["packages", "tooling"]
    .flatMap(testFiles)
    .filter((path) => checkOf(path, readFileSync(join(root, path), "utf8")) === check);
  const counts = join(scratch, `${check}.json`);
  const code = await node(
    [
      bin("vitest"),
      "run",
      "--config=tooling/vitest/vitest.config.ts",
      "--reporter=default",
      "--reporter=./tooling/vitest/counts-reporter.ts",
      ...files.map((path) => join(root, path)),
    ],
    { EFFICIENTNET_COUNTS: counts },
  );
  /** @type {Omit<Outcome, "name">} */
  const outcome = JSON.parse(readFileSync(counts, "utf8"));
  if (code === 0 || outcome.failed.length > 0) return outcome;
  return { ...outcome, failed: [`vitest ended with exit code ${code}`] };
}

/** @type {(code: Promise<number>) => Promise<Omit<Outcome, "name">>} */
async function once(code) {
  const status = await code;
  return status === 0
    ? { passed: 1, failed: [], skipped: [] }
    : { passed: 0, failed: [`exit code ${status}`], skipped: [] };
}

/**
 * Finds or installs a Chromium, saying which, and then runs the tests.
 *
 * @param {() => Promise<Omit<Outcome, "name">>} tests
 */
async function withChromium(tests) {
  const ready = await once(source(["tooling/chromium/src/main.ts"]));
  return ready.failed.length > 0 ? { ...ready, failed: ["no Chromium"] } : tests();
}

/** @type {Readonly<Record<import("./plan.mjs").CheckName, () => Promise<Omit<Outcome, "name">>>>} */
const RUN = {
  lint: () => once(node([bin("@biomejs/biome", "biome"), "check", "--config-path=tooling/lint/rules.json", root])),
  types: () => once(node([bin("typescript", "tsc"), "-p", "tooling/typescript/all.json"])),
  dead: () => once(node([bin("knip"), "--config=tooling/lint/knip.json", "--no-config-hints"])),
  graph: () => once(source(["tooling/graph/src/main.ts"])),
  build: () => once(node([bin("turbo"), "run", "build", "--continue", "--output-logs=errors-only"])),
  unit: () => vitest("unit"),
  browser: () => withChromium(() => vitest("browser")),
  size: () => vitest("size"),
  pack: () => withChromium(() => once(source(["tooling/pack/src/main.ts"]))),
  readme: () => withChromium(() => vitest("readme")),
  docs: () => once(source(["tooling/docs/src/main.ts", "--check"])),
};

/** @param {() => Promise<Omit<Outcome, "name">>} check */
async function attempt(check) {
  try {
    return await check();
  } catch (error) {
    return { passed: 0, failed: [error instanceof Error ? error.message : String(error)], skipped: [] };
  }
}

/** @param {import("./plan.mjs").CheckName} check */
async function timed(check) {
  const name = CHECKS[check];
  console.log(`\n== ${name}`);
  const started = performance.now();
  const outcome = await attempt(RUN[check]);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  return { name, seconds, ...outcome };
}

const checks = selectChecks(process.argv.slice(2));
process.chdir(root);
await setup();
const outcomes = [];
for (const check of checks) outcomes.push(await timed(check));

console.log(`\n== Node ${process.versions.node}, ${process.platform}`);
for (const { name, seconds, passed, failed } of outcomes) {
  console.log(
    `${failed.length === 0 ? "ok    " : "FAILED"} ${name.padEnd(20)} ${seconds.padStart(6)} s  ${passed} passed`,
  );
}
for (const line of summary(outcomes)) console.log(line);
process.exitCode = outcomes.some(({ failed }) => failed.length > 0) ? 1 : 0;
