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

/** Both forms of every geometry below each other, the faster one marked, and what follows from the times. */
export function formatBlocks({ network, imageSize, batch, device, races, drift }: BlockRaces): string {
  const rows = races.flatMap(({ stage, position, mbconv, fused, fusedOverMBConv }) => {
    const row = (form: TimedForm, faster: boolean, stageCells: readonly string[], ratio: string) => [
      ...stageCells,
      form.geometry,
      `${form.milliseconds.median.toFixed(2)}${faster ? "*" : " "}`,
      formatQuantity(form.macs),
      formatQuantity(form.bytesMoved, "B"),
      form.flopsPerByte.toFixed(1),
      form.gigamacsPerSecond.toFixed(1),
      ratio,
    ];
    return [
      row(mbconv, fusedOverMBConv >= 1, [String(stage), position], ""),
      row(fused, fusedOverMBConv < 1, ["", ""], fusedOverMBConv.toFixed(2)),
    ];
  });
  const pays = races.filter(({ fusedOverMBConv }) => fusedOverMBConv < 1);
  const where = pays.map(({ stage, position }) => `${stage} (${position})`).join(", ");
  return [
    `${network} at ${imageSize} x ${imageSize}, batch ${batch}, on ${device.name}: ${device.description}`,
    "",
    formatTable(COLUMNS, rows),
    "",
    `Fused-MBConv is faster in ${pays.length} of ${races.length} geometries${where === "" ? "" : `: stage ${where}`}`,
    formatDrift(drift),
  ].join("\n");
}
