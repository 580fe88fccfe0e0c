import { join } from "node:path";
import { mergeResults, type SearchPlan, type SearchSummary } from "@efficientnet/nas";
import { readPlan, readResults } from "@efficientnet/search/node";
import { writeAtomically } from "../files/write-atomically.js";
import type { Report } from "../report.js";
import { formatSummary } from "./format-summary.js";
import { specOf, winnerFiles } from "./winner-files.js";

/** Merges the results of all shards, writes the winner, and prints the front. */
export async function mergeShards(folder: string, report: Report): Promise<0> {
  const plan = await readPlan(folder);
  const { results } = await readResults(folder, plan);
  const summary = mergeResults(plan, results);
  const files = await writeSummary(folder, plan, summary);
  tell(plan, summary, report, files);
  return 0;
}

/** The summary, and the winner in every form that it is used in; answers with the names of the files. */
export async function writeSummary(
  folder: string,
  plan: SearchPlan,
  summary: SearchSummary,
): Promise<readonly string[]> {
  const files = { "result.json": `${JSON.stringify(summary, null, 2)}\n`, ...winnerFiles(specOf(plan, summary)) };
  for (const [name, text] of Object.entries(files)) await writeAtomically(join(folder, name), text);
  return Object.keys(files);
}

/** Prints a summary, and where the winner is. */
export function tell(plan: SearchPlan, summary: SearchSummary, report: Report, files: readonly string[] = []): void {
  if (report.json) report.answer(JSON.stringify(summary, null, 2));
  else
    report.answer(
      [formatSummary(plan, summary), ...(files.length > 0 ? ["", `written: ${files.join(", ")}`] : [])].join("\n"),
    );
}
