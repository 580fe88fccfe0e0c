import { type ComparedNetwork, type Comparison, formatDrift } from "@efficientnet/search";
import { formatQuantity } from "../format/format-quantity.js";
import { formatTable } from "../format/format-table.js";

/** A line for each network. */
export function formatComparison(comparison: Comparison): string {
  const { batch, device, drift } = comparison;
  const { titles, rows } = comparisonTable(comparison);
  return [
    `batch ${batch}, on ${device.name}: ${device.description}`,
    "",
    formatTable(
      titles.map((title, i) => (i === 0 ? { title } : { title, align: "right" })),
      rows,
    ),
    "",
    formatDrift(drift),
  ].join("\n");
}

/** Titles and cells; without columns for training where none was timed. */
export function comparisonTable({ networks }: Comparison) {
  const trained = networks.find(({ training }) => training !== null)?.training;
  return {
    titles: [
      ...["network", "size", "parameters", "MACs", "ms", "quartiles", "images/s"],
      ...(trained ? [`step of ${trained.batch}, ms`, "trained/s"] : []),
    ],
    rows: networks.map((network) => [...inferenceCells(network), ...(trained ? trainingCells(network) : [])]),
  };
}

function inferenceCells({ name, imageSize, parameters, macs, milliseconds, imagesPerSecond }: ComparedNetwork) {
  const { median, lowerQuartile, upperQuartile } = milliseconds;
  return [
    name,
    String(imageSize),
    formatQuantity(parameters),
    formatQuantity(macs),
    median.toFixed(2),
    `${lowerQuartile.toFixed(2)} - ${upperQuartile.toFixed(2)}`,
    imagesPerSecond.toFixed(1),
  ];
}

function trainingCells({ training }: ComparedNetwork) {
  return [training?.milliseconds.median.toFixed(0) ?? "", training?.imagesPerSecond.toFixed(1) ?? ""];
}
