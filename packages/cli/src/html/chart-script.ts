/** Runs in the page: draws every chart with uPlot, as wide as there is room, anew when that or the colours change. */
export const CHART_SCRIPT = `
const dark = matchMedia("(prefers-color-scheme: dark)");
const drawn = new Map();
function draw(figure) {
  const place = figure.querySelector("div");
  const chart = JSON.parse(figure.querySelector("script").textContent);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const show = (value) => value == null ? "" : chart.unit === "percent" ? (100 * value).toFixed(1) + " %" : String(Number(value.toPrecision(4)));
  const tick = (value) => chart.unit === "percent" ? Number((100 * value).toFixed(2)) + " %" : show(value);
  const axis = { stroke: colour("--faint"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1 } };
  drawn.get(figure)?.destroy();
  drawn.set(figure, new uPlot({
    width: Math.max(place.clientWidth, 240),
    height: 220,
    scales: { x: { time: false } },
    axes: [{ ...axis, label: chart.x.label, labelSize: 20 }, { ...axis, size: 62, values: (_, ticks) => ticks.map(tick) }],
    series: [
      { label: chart.x.label },
      ...chart.series.map((series, i) => ({
        label: series.label,
        stroke: colour("--series-" + (i % 6 + 1)),
        width: 1.5,
        spanGaps: true,
        value: (_, value) => show(value),
        paths: series.points ? () => null : series.stepped ? uPlot.paths.stepped({ align: 1 }) : undefined,
        points: { show: Boolean(series.points) || series.values.length < 30 },
      })),
    ],
  }, [chart.x.values, ...chart.series.map((series) => series.values)], place));
}
const figures = [...document.querySelectorAll("figure.chart")];
const drawAll = () => figures.forEach(draw);
dark.addEventListener("change", drawAll);
let width = 0;
new ResizeObserver(() => {
  if (width === document.body.clientWidth) return;
  width = document.body.clientWidth;
  drawAll();
}).observe(document.body);
`;
