import { type BlockRaces, formatDrift, type TimedForm } from "@efficientnet/search";
import { formatQuantity } from "../format/format-quantity.js";
import { type Column, formatTable } from "../format/format-table.js";

const right = (title: string): Column => ({ title, align: "right" });

const COLUMNS: readonly Column[] = [
  { title: "stage" },
  { title: "block" },
  { title: "geometry" },
  right("ms"),
  right("MACs"),
  right("moved"),
  right("FLOP/byte"),
  right("GMAC/s"),
  right("fused/mbconv"),
];

/** Both forms of every geometry below each other, the faster one marked. */
export function blocksTable({ races }: BlockRaces) {
  const row = (form: TimedForm, faster: boolean, place: readonly string[], ratio: string) => [
    ...place,
    form.geometry,
    `${form.milliseconds.median.toFixed(2)}${faster ? "*" : " "}`,
    formatQuantity(form.macs),
    formatQuantity(form.bytesMoved, "B"),
    form.flopsPerByte.toFixed(1),
    form.gigamacsPerSecond.toFixed(1),
    ratio,
  ];
  return {
    columns: COLUMNS,
    rows: races.flatMap(({ stage, position, mbconv, fused, fusedOverMBConv }) => [
      row(mbconv, fusedOverMBConv >= 1, [String(stage), position], ""),
      row(fused, fusedOverMBConv < 1, ["", ""], fusedOverMBConv.toFixed(2)),
    ]),
  };
}

/** `in 1 of 11 geometries: stage 1 (first)`. */
export function sentenceOf({ races }: BlockRaces): string {
  const pays = races.filter(({ fusedOverMBConv }) => fusedOverMBConv < 1);
  const where = pays.map(({ stage, position }) => `${stage} (${position})`).join(", ");
  return `in ${pays.length} of ${races.length} geometries${where === "" ? "" : `: stage ${where}`}`;
}

/** The table, and what follows from the times. */
export function formatBlocks(results: BlockRaces): string {
  const { network, imageSize, batch, device, drift } = results;
  const { columns, rows } = blocksTable(results);
  return [
    `${network} at ${imageSize} x ${imageSize}, batch ${batch}, on ${device.name}: ${device.description}`,
    "",
    formatTable(columns, rows),
    "",
    `Fused-MBConv is faster ${sentenceOf(results)}`,
    formatDrift(drift),
  ].join("\n");
}
