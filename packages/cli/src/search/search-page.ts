import { countArchitectures, type RatedCandidate, type SearchPlan, type SearchSummary } from "@efficientnet/nas";
import { COLOURS, drawNetwork, scatterChart } from "@efficientnet/search";
import { escapeHtml } from "../html/escape.js";
import { formatPage } from "../html/page.js";
import { tableHtml } from "../html/table.js";
import { formatMeasure, frontTable, measuresOf, titleOf } from "./format-summary.js";
import { specOf, winnerFiles } from "./winner-files.js";

/** A search as a page that needs nothing else: the front, the reward over time, and the best network block by block. */
export function searchPage(plan: SearchPlan, summary: SearchSummary): string {
  const best = specOf(plan, summary);
  const { imageSize } = plan.evaluation;
  const side = typeof imageSize === "number" ? imageSize : best.resolution.eval;
  const winner = summary.candidates.find(({ number }) => number === summary.best);
  const { titles, rows } = frontTable(plan, summary);
  const files = Object.entries(winnerFiles(best)).map(
    ([name, text]) => `<details><summary>${name}</summary><pre>${escapeHtml(text)}</pre></details>`,
  );
  const costs = measuresOf(plan, summary).filter((measure) => !["accuracy", "anchor"].includes(measure));
  return formatPage({
    title: `Search in ${plan.space.name}`,
    summary: `${plan.strategy.name} search from seed ${plan.seed}, ${countArchitectures(plan.space)} networks in the space; plan ${plan.hash}, version ${plan.codeVersion}.`,
    figures: [
      ["candidates", `${summary.candidates.length} of ${plan.samples}`],
      ["failed", String(summary.failures.length)],
      ["highest reward", winner?.reward.toFixed(4) ?? ""],
      ...Object.entries(winner?.measured ?? {}).map(
        ([name, value]) => [titleOf(name), formatMeasure(name, value)] as const,
      ),
    ],
    sections: [
      {
        title: "Accuracy against costs",
        body: `<div class="charts">${costs.map((measure) => frontChart(measure, summary)).join("\n")}</div>`,
      },
      { title: "Reward over time", body: rewardChart(summary) },
      {
        title: `The best network, ${best.name}`,
        body: `${drawNetwork(best, side)}<p>Blue boxes are MBConv, orange ones Fused-MBConv; an arc is a residual.</p>${files.join("\n")}`,
      },
      { title: "The front", body: tableHtml(titles, rows) },
      {
        title: "The plan",
        body: `<details><summary>plan.json</summary><pre>${escapeHtml(JSON.stringify(plan, null, 1))}</pre></details>`,
      },
    ],
  });
}

/** Every candidate by accuracy and one cost, those of the front in colour. */
function frontChart(measure: string, { candidates, front, best }: SearchSummary): string {
  const onFront = new Set(front);
  const point = ({ number, network, measured, reward }: RatedCandidate) => ({
    x: measured[measure] ?? Number.NaN,
    y: measured.accuracy ?? Number.NaN,
    title: `candidate ${number}, network ${network}: reward ${reward.toFixed(4)}, ${titleOf(measure)} ${formatMeasure(measure, measured[measure] ?? Number.NaN)}`,
  });
  const some = (chosen: (candidate: RatedCandidate) => boolean) => candidates.filter(chosen).map(point);
  return scatterChart({
    title: `accuracy against ${titleOf(measure)}`,
    x: { title: titleOf(measure), scale: "log", format: (value) => formatMeasure(measure, value) },
    y: { title: "accuracy", format: (value) => `${Number((value * 100).toFixed(1))} %` },
    series: [
      { name: "candidates", colour: COLOURS.other, points: some(({ number }) => !onFront.has(number)) },
      { name: "front", colour: COLOURS.front, points: some(({ number }) => onFront.has(number)) },
      { name: "highest reward", colour: COLOURS.best, radius: 7, points: some(({ number }) => number === best) },
    ],
  });
}

/** The rewards in the order of the candidates, and the best so far. */
function rewardChart({ candidates }: SearchSummary): string {
  const points = candidates.map(({ number, reward }) => ({ x: number, y: reward, title: `candidate ${number}` }));
  let most = Number.NEGATIVE_INFINITY;
  const best = points.map((point) => {
    most = Math.max(most, point.y);
    return { ...point, y: most };
  });
  return scatterChart({
    title: "reward over time",
    x: { title: "candidate" },
    y: { title: "reward" },
    series: [
      { name: "reward", colour: COLOURS.other, points },
      { name: "best so far", colour: COLOURS.best, points: best, line: true, radius: 0 },
    ],
  });
}
