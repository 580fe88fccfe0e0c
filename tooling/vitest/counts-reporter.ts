import { writeFileSync } from "node:fs";
import type { Reporter, SerializedError, TestCase, TestModule } from "vitest/node";

/** What a run came to, as `npm test` adds it up. */
export interface Counts {
  passed: number;
  failed: string[];
  skipped: { name: string; reason: string }[];
}

function fullName(test: TestCase): string {
  return `${test.module.relativeModuleId} > ${test.fullName}`;
}

function count(modules: readonly TestModule[], unhandled: readonly SerializedError[]): Counts {
  const counts: Counts = { passed: 0, failed: [], skipped: [] };
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === "passed") counts.passed++;
      else if (result.state === "skipped")
        counts.skipped.push({ name: fullName(test), reason: result.note ?? "no reason given" });
      else counts.failed.push(fullName(test));
    }
    if (module.errors().length > 0) counts.failed.push(`${module.relativeModuleId} does not load`);
    for (const suite of module.children.allSuites())
      if (suite.errors().length > 0)
        counts.failed.push(`${module.relativeModuleId} > ${suite.fullName} does not start`);
  }
  for (const error of unhandled) counts.failed.push(`unhandled: ${error.message}`);
  return counts;
}

/** Writes the counts of a run as JSON to the file that EFFICIENTNET_COUNTS names. */
export default class CountsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const file = process.env.EFFICIENTNET_COUNTS;
    if (file === undefined) throw new Error("EFFICIENTNET_COUNTS must name the file for the counts");
    writeFileSync(file, JSON.stringify(count(modules, unhandled)));
  }
}
