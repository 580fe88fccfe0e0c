import { escapeHtml, scriptJson } from "./escape.js";

/** A line, or points, of a chart. */
export interface Series {
  readonly label: string;
  /** A value for each x; null where there is none. */
  readonly values: readonly (number | null)[];
  /** Draws in steps: the value holds until the next one. */
  readonly stepped?: boolean;
  /** Points alone, no line. */
  readonly points?: boolean;
}

/** Curves over one axis. */
export interface Chart {
  readonly title: string;
  readonly x: { readonly label: string; readonly values: readonly number[] };
  readonly series: readonly Series[];
  /** How values are written: plainly, or as a percentage of 1. */
  readonly unit?: "plain" | "percent";
}

/** Where a chart is drawn when the page is opened. */
function chartHtml(chart: Chart): string {
  return `<figure class="chart"><figcaption>${escapeHtml(chart.title)}</figcaption><div></div><script type="application/json">${scriptJson(chart)}</script></figure>`;
}

/** Charts beside each other where there is room. */
export function chartsHtml(charts: readonly Chart[]): string {
  return `<div class="charts">${charts.map(chartHtml).join("\n")}</div>`;
}
