import { join } from "node:path";
import { summarise } from "@efficientnet/nas";
import { readPlan, readResults } from "@efficientnet/search/node";
import { writeAtomically } from "../files/write-atomically.js";
import type { Report } from "../report.js";
import { tell } from "./merge.js";
import { searchPage } from "./search-page.js";

/** Shows a search so far, finished or not, and writes its page. */
export async function reportSearch(folder: string, options: { readonly html?: string }, report: Report): Promise<0> {
  const plan = await readPlan(folder);
  const { results, unfinished } = await readResults(folder, plan);
  const summary = summarise(plan, results);
  const out = options.html ?? join(folder, "report.html");
  await writeAtomically(out, searchPage(plan, summary));
  if (unfinished.length > 0) report.warn(`${unfinished.length} of ${plan.shards} shards are not finished`);
  tell(plan, summary, report, [out]);
  return 0;
}
