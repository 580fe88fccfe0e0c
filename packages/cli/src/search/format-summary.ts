import type { RatedCandidate, SearchPlan, SearchSummary } from "@efficientnet/nas";
import { formatQuantity } from "../format/format-quantity.js";
import { type Column, formatTable } from "../format/format-table.js";

/** How measures are called and written; what is not listed is written as it is. */
const MEASURES: Readonly<Record<string, { readonly title: string; readonly format: (value: number) => string }>> = {
  accuracy: { title: "accuracy", format: (value) => `${(100 * value).toFixed(1)} %` },
  stepTime: { title: "step ms", format: (value) => value.toFixed(1) },
  stepRatio: { title: "step / base", format: (value) => value.toFixed(2) },
  anchor: { title: "anchor ms", format: (value) => value.toFixed(2) },
  latency: { title: "latency ms", format: (value) => value.toFixed(2) },
  parameters: { title: "parameters", format: (value) => formatQuantity(value) },
  macs: { title: "MACs", format: (value) => formatQuantity(value) },
};

/** The title of a measure's column or axis. */
export const titleOf = (measure: string): string => MEASURES[measure]?.title ?? measure;

/** A measured value, with its unit where it has one. */
export const formatMeasure = (measure: string, value: number): string =>
  MEASURES[measure]?.format(value) ?? formatQuantity(value);

/** Everything measured, what the reward weighs first. */
export function measuresOf({ reward }: Pick<SearchPlan, "reward">, { candidates }: SearchSummary): readonly string[] {
  const weighed = reward.map(({ measure }) => measure);
  return [...new Set([...weighed, ...candidates.flatMap(({ measured }) => Object.keys(measured))])];
}

/** The front and the best as rows of text, the highest reward first and the best marked. */
export function frontTable(plan: SearchPlan, summary: SearchSummary) {
  const { candidates, front, best } = summary;
  const measures = measuresOf(plan, summary);
  const chosen = new Set([best, ...front]);
  const sorted = candidates.filter(({ number }) => chosen.has(number)).sort((a, b) => b.reward - a.reward);
  const cell = (measured: RatedCandidate["measured"], measure: string) => {
    const value = measured[measure];
    return value === undefined ? "" : formatMeasure(measure, value);
  };
  return {
    titles: ["candidate", "network", "reward", ...measures.map(titleOf)],
    rows: sorted.map(({ number, network, reward, measured }) => [
      `${number}${number === best ? "*" : " "}`,
      `${plan.space.name}-${network}`,
      reward.toFixed(4),
      ...measures.map((measure) => cell(measured, measure)),
    ]),
  };
}

/** The front as a table below how many candidates there were. */
export function formatSummary(plan: SearchPlan, summary: SearchSummary): string {
  const { candidates, failures, front } = summary;
  const { titles, rows } = frontTable(plan, summary);
  const columns = titles.map((title): Column => (title === "network" ? { title } : { title, align: "right" }));
  const failed = failures.length === 0 ? "" : `, ${failures.length} failed (${failures[0]?.failed})`;
  return [
    `${candidates.length} of ${plan.samples} candidates measured${failed}; ${front.length} on the front, * has the highest reward`,
    "",
    formatTable(columns, rows),
  ].join("\n");
}
