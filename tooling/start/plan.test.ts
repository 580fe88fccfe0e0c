import { describe, expect, it } from "vitest";
import { CHECK_NAMES, checkOf, selectChecks, summary } from "./plan.mjs";

describe("npm test", () => {
  it("runs every check without --only", () => {
    expect(selectChecks([])).toEqual(CHECK_NAMES);
  });

  it("runs the checks that --only names, in its own order", () => {
    expect(selectChecks(["--only", "unit,graph"])).toEqual(["graph", "unit"]);
  });

  it("names the checks it has when asked for another", () => {
    expect(() => selectChecks(["--only", "units"])).toThrowErrorMatchingInlineSnapshot(`
      [Error: unknown check "units"
        expected: lint, types, dead, graph, build, unit, browser, size, pack, readme, docs]
    `);
    expect(() => selectChecks(["--watch"])).toThrowErrorMatchingInlineSnapshot(`
      [Error: unknown arguments "--watch"
        expected: --only lint,types,dead,graph,build,unit,browser,size,pack,readme,docs]
    `);
  });

  it("gives every test file to one check", () => {
    const browser = 'import { openPage } from "@efficientnet-tooling/chromium";';
    expect(checkOf("packages/specs/src/specs.test.ts", "")).toBe("unit");
    expect(checkOf("packages/backends/src/webgl.test.ts", browser)).toBe("browser");
    expect(checkOf("tooling/chromium/src/chromium.test.ts", "")).toBe("browser");
    expect(checkOf("tooling/size/src/size.test.ts", "")).toBe("size");
    expect(checkOf("tooling/docs/src/examples.test.ts", browser)).toBe("readme");
  });

  it("ends with one line of totals, after every failure and every skipped test with its reason", () => {
    const outcomes = [
      { name: "types", passed: 1, failed: [], skipped: [] },
      {
        name: "unit tests",
        passed: 12,
        failed: ["a.test.ts > adds"],
        skipped: [{ name: "b.test.ts > runs on webgpu", reason: "no adapter" }],
      },
    ];
    expect(summary(outcomes)).toEqual([
      "SKIPPED unit tests: b.test.ts > runs on webgpu: no adapter",
      "FAILED  unit tests: a.test.ts > adds",
      "13 passed, 1 failed, 1 skipped",
    ]);
    expect(summary(outcomes.slice(0, 1))).toEqual(["1 passed, 0 failed"]);
  });
});
