import { formatShape } from "@efficientnet/errors";
import type { MeasuredParts, PartCost } from "../network/measure-parts.js";
import { formatQuantity } from "./format-quantity.js";
import { type Column, formatTable } from "./format-table.js";

const COLUMNS: readonly Column[] = [
  { title: "part" },
  { title: "layout" },
  { title: "input" },
  { title: "output" },
  { title: "parameters", align: "right" },
  { title: "buffers", align: "right" },
  { title: "MACs", align: "right" },
  { title: "activations", align: "right" },
  { title: "moved", align: "right" },
  { title: "FLOP/byte", align: "right" },
];

/** A network part by part, and its totals. */
export function formatParts({ parts, total }: MeasuredParts): string {
  const rows = parts.map((part) => [
    part.name,
    part.layout,
    formatShape(part.input),
    formatShape(part.output),
    ...costsOf(part),
  ]);
  return formatTable(COLUMNS, [...rows, ["total", "", "", "", ...costsOf(total)]]);
}

function costsOf({ parameters, buffers, macs, activations, bytesMoved, flopsPerByte }: PartCost): readonly string[] {
  return [
    formatQuantity(parameters),
    formatQuantity(buffers),
    formatQuantity(macs),
    formatQuantity(activations),
    formatQuantity(bytesMoved, "B"),
    flopsPerByte.toFixed(1),
  ];
}
