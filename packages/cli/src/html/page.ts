import { CHART_SCRIPT } from "./chart-script.js";
import { escapeHtml } from "./escape.js";
import { STYLE } from "./style.js";
import { uplotFiles } from "./uplot-files.js";

/** A page that needs nothing besides itself. */
export interface Page {
  readonly title: string;
  /** One sentence below the title. */
  readonly summary: string;
  /** Figures that stand above all else: `["test accuracy", "97.3 %"]`. */
  readonly figures: readonly (readonly [name: string, value: string])[];
  readonly sections: readonly Section[];
}

/** A part of a page; `body` is HTML, such as `chartHtml` and `tableHtml` make. */
export interface Section {
  readonly title: string;
  readonly body: string;
}

/** The whole page as one HTML file: styles, uPlot and data inside, light and dark, readable on a phone. */
export function formatPage({ title, summary, figures, sections }: Page): string {
  const uplot = uplotFiles();
  const cards = figures.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`);
  const parts = sections.map(
    (section) => `<section><h2>${escapeHtml(section.title)}</h2>\n${section.body}\n</section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${uplot.style}
${STYLE}</style>
</head>
<body>
<header><h1>${escapeHtml(title)}</h1><p>${escapeHtml(summary)}</p></header>
<dl class="figures">${cards.join("")}</dl>
${parts.join("\n")}
<script>${uplot.script}</script>
<script>${CHART_SCRIPT}</script>
</body>
</html>
`;
}
