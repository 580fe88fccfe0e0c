import { type Comparison, formatDrift } from "@efficientnet/search";
import { formatQuantity } from "../format/format-quantity.js";
import { type Column, formatTable } from "../format/format-table.js";

const right = (title: string): Column => ({ title, align: "right" });

/** A line for each network. */
export function formatComparison({ batch, device, networks, drift }: Comparison): string {
  const columns = [
    { title: "network" },
    right("size"),
    right("parameters"),
    right("MACs"),
    right("ms"),
    right("quartiles"),
    right("images/s"),
  ];
  const rows = networks.map(({ name, imageSize, parameters, macs, milliseconds, imagesPerSecond }) => [
    name,
    String(imageSize),
    formatQuantity(parameters),
    formatQuantity(macs),
    milliseconds.median.toFixed(2),
    `${milliseconds.lowerQuartile.toFixed(2)} - ${milliseconds.upperQuartile.toFixed(2)}`,
    imagesPerSecond.toFixed(1),
  ]);
  return [
    `batch ${batch}, on ${device.name}: ${device.description}`,
    "",
    formatTable(columns, rows),
    "",
    formatDrift(drift),
  ].join("\n");
}
