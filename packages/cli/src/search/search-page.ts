import { countArchitectures, type RatedCandidate, type SearchPlan, type SearchSummary } from "@efficientnet/nas";
import { COLOURS, drawNetwork, escapeText, scatterChart } from "@efficientnet/search";
import { formatMeasure, formatSummary, measuresOf, titleOf } from "./format-summary.js";
import { plainPage } from "./plain-page.js";
import { specOf, winnerFiles } from "./winner-files.js";

/** A search as a page that needs nothing else: the front, the reward over time, and the best network block by block. */
export function searchPage(plan: SearchPlan, summary: SearchSummary): string {
  const best = specOf(plan, summary);
  const { imageSize } = plan.evaluation;
  const side = typeof imageSize === "number" ? imageSize : best.resolution.eval;
  const files = Object.entries(winnerFiles(best)).map(
    ([name, text]) => `<details><summary>${name}</summary><pre>${escapeText(text)}</pre></details>`,
  );
  return plainPage(`Search in ${plan.space.name}`, [
    `<p>${plan.samples} of the ${countArchitectures(plan.space)} networks of the space, by ${plan.strategy.name} search from seed ${plan.seed}; plan ${plan.hash}, version ${escapeText(plan.codeVersion)}.</p>`,
    "<h2>Accuracy against cost</h2>",
    ...measuresOf(plan, summary)
      .filter((measure) => measure !== "accuracy")
      .map((measure) => frontChart(measure, summary)),
    "<h2>Reward over time</h2>",
    rewardChart(summary),
    `<h2>The best network, ${escapeText(best.name)}</h2>`,
    drawNetwork(best, side),
    "<p>Blue boxes are MBConv, orange ones Fused-MBConv; an arc is a residual. Boxes say more when they are pointed at.</p>",
    ...files,
    "<h2>The front</h2>",
    `<pre>${escapeText(formatSummary(plan, summary))}</pre>`,
  ]);
}

/** Every candidate by accuracy and one cost; the front in green. */
function frontChart(measure: string, { candidates, front, best }: SearchSummary): string {
  const onFront = new Set(front);
  const point = ({ number, network, measured, reward }: RatedCandidate) => ({
    x: measured[measure] ?? Number.NaN,
    y: measured.accuracy ?? Number.NaN,
    title: `candidate ${number}, network ${network}: reward ${reward.toFixed(4)}, ${formatMeasure(measure, measured[measure] ?? Number.NaN)}`,
  });
  const some = (chosen: (candidate: RatedCandidate) => boolean) => candidates.filter(chosen).map(point);
  return scatterChart({
    title: `accuracy against ${titleOf(measure)}`,
    x: { title: titleOf(measure), scale: "log", format: (value) => formatMeasure(measure, value) },
    y: { title: "accuracy", format: (value) => `${Math.round(value * 100)} %` },
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
