import { barChart, COLOURS, type Comparison, formatDrift, scatterChart } from "@efficientnet/search";
import { formatQuantity } from "../format/format-quantity.js";
import { formatPage } from "../html/page.js";
import { tableHtml } from "../html/table.js";
import { comparisonTable } from "./format-comparison.js";

/** Networks side by side as a page: what they cost by count against what they cost by the clock. */
export function comparisonPage(comparison: Comparison): string {
  const { networks, device, batch, drift } = comparison;
  const { titles, rows } = comparisonTable(comparison);
  const points = networks.map(({ name, macs, milliseconds }) => ({ x: macs, y: milliseconds.median, title: name }));
  const latencies = networks.map(({ name, imageSize, milliseconds }) => {
    const text = `${milliseconds.median.toFixed(2)} ms`;
    return { name: `${name} @${imageSize}`, bars: [{ value: milliseconds.median, colour: COLOURS.mbconv, text }] };
  });
  const trained = networks.flatMap(({ name, imageSize, training }) => {
    if (training === null) return [];
    const text = `${training.imagesPerSecond.toFixed(1)} images/s`;
    return [
      { name: `${name} @${imageSize}`, bars: [{ value: training.imagesPerSecond, colour: COLOURS.fused, text }] },
    ];
  });
  return formatPage({
    title: "Networks side by side",
    summary: `${device.name}: ${device.description}; batch ${batch}; ${formatDrift(drift)}.`,
    figures: [["networks", String(networks.length)]],
    sections: [
      { title: "All numbers", body: tableHtml(titles, rows) },
      { title: "Latency", body: barChart("latency", latencies) },
      ...(trained.length === 0 ? [] : [{ title: "Training", body: barChart("training throughput", trained) }]),
      {
        title: "Latency against multiply-adds",
        body: scatterChart({
          title: "latency against multiply-adds",
          x: { title: "MACs", scale: "log", format: (value) => formatQuantity(value) },
          y: { title: "ms", scale: "log" },
          series: [{ name: "networks", colour: COLOURS.mbconv, points }],
        }),
      },
    ],
  });
}
