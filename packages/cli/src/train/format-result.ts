import { formatFields } from "../format/format-table.js";
import type { Report } from "../report.js";
import type { TestResult } from "./evaluation.js";
import { percent } from "./progress-line.js";
import type { RunFolder } from "./run-folder.js";

/** Says what a training came to, and where it is. */
export function sayResult(run: RunFolder, { accuracy, loss, pictures }: TestResult, report: Report): void {
  const { folder, model, report: page } = run;
  if (report.json) {
    report.answer(JSON.stringify({ kind: "result", run: folder, model, report: page, accuracy, loss, pictures }));
    return;
  }
  report.answer(
    `\n${formatFields([
      ["test", `${percent(accuracy)} of ${pictures} pictures`],
      ["network", model],
      ["report", page],
      ["use it", `efficientnet classify PICTURE --weights ${model}`],
    ])}`,
  );
}
