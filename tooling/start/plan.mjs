// What `npm test` runs, in which order, and which test file belongs to which check.

/**
 * @typedef {"lint" | "types" | "dead" | "graph" | "build" | "unit" | "browser" | "size" | "pack" | "readme" | "docs"} CheckName
 * @typedef {"unit" | "browser" | "size" | "readme"} TestCheckName
 */

/** @type {Readonly<Record<CheckName, string>>} */
export const CHECKS = {
  lint: "lint and format",
  types: "types",
  dead: "dead code",
  graph: "package graph",
  build: "build",
  unit: "unit tests",
  browser: "tests in a browser",
  size: "size ceilings",
  pack: "packed packages",
  readme: "README examples",
  docs: "docs up to date",
};

export const CHECK_NAMES = /** @type {readonly CheckName[]} */ (Object.keys(CHECKS));

/**
 * The checks that `--only unit,graph` names, in the order of CHECKS; all of them without `--only`.
 *
 * @param {readonly string[]} args
 * @returns {readonly CheckName[]}
 */
export function selectChecks(args) {
  if (args.length === 0) return CHECK_NAMES;
  const [flag, list, ...rest] = args;
  if (flag !== "--only" || list === undefined || rest.length > 0) {
    throw new Error(`unknown arguments "${args.join(" ")}"\n  expected: --only ${CHECK_NAMES.join(",")}`);
  }
  const wanted = new Set(list.split(","));
  const unknown = [...wanted].filter((name) => !CHECK_NAMES.some((known) => known === name));
  if (unknown.length > 0) throw new Error(`unknown check "${unknown[0]}"\n  expected: ${CHECK_NAMES.join(", ")}`);
  return CHECK_NAMES.filter((name) => wanted.has(name));
}

const IMPORTS_CHROMIUM = /^(import|\}) .*from "@efficientnet-tooling\/chromium"/m;

/**
 * The one check that runs a test file: its folder decides for ceilings and READMEs, its imports for the browser.
 *
 * @param {string} path from the repository's folder, with forward slashes
 * @param {string} text
 * @returns {TestCheckName}
 */
export function checkOf(path, text) {
  if (path.startsWith("tooling/size/")) return "size";
  if (path.startsWith("tooling/docs/")) return "readme";
  return path.startsWith("tooling/chromium/") || IMPORTS_CHROMIUM.test(text) ? "browser" : "unit";
}

/**
 * @typedef {{ name: string, passed: number, failed: readonly string[], skipped: readonly { name: string, reason: string }[] }} Outcome
 */

/**
 * The last lines of a run: every failure and every skipped test by name, then the totals.
 *
 * @param {readonly Outcome[]} outcomes
 * @returns {readonly string[]}
 */
export function summary(outcomes) {
  const failed = outcomes.flatMap((outcome) => outcome.failed.map((name) => `FAILED  ${outcome.name}: ${name}`));
  const skipped = outcomes.flatMap((outcome) =>
    outcome.skipped.map(({ name, reason }) => `SKIPPED ${outcome.name}: ${name}: ${reason}`),
  );
  const passed = outcomes.reduce((total, outcome) => total + outcome.passed, 0);
  const totals = [`${passed} passed`, `${failed.length} failed`];
  if (skipped.length > 0) totals.push(`${skipped.length} skipped`);
  return [...skipped, ...failed, totals.join(", ")];
}
