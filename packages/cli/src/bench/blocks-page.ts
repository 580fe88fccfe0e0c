import { type BlockRaces, barChart, COLOURS, formatDrift, scatterChart, type TimedForm } from "@efficientnet/search";
import { formatPage } from "../html/page.js";
import { tableHtml } from "../html/table.js";
import { blocksTable, sentenceOf } from "./format-blocks.js";

const KEY = { MBConv: COLOURS.mbconv, "Fused-MBConv": COLOURS.fused };

/** MBConv against Fused-MBConv as a page. */
export function blocksPage(results: BlockRaces): string {
  const { network, imageSize, batch, device, races, drift } = results;
  const { columns, rows } = blocksTable(results);
  const bar = ({ milliseconds, gigamacsPerSecond }: TimedForm, colour: string) => ({
    value: milliseconds.median,
    colour,
    text: `${milliseconds.median.toFixed(2)} ms, ${gigamacsPerSecond.toFixed(1)} GMAC/s`,
  });
  const groups = races.map(({ stage, position, mbconv, fused }) => ({
    name: `stage ${stage}, ${position} block`,
    bars: [bar(mbconv, COLOURS.mbconv), bar(fused, COLOURS.fused)],
  }));
  const points = (formOf: (race: BlockRaces["races"][number]) => TimedForm) =>
    races.map(formOf).map(({ geometry, flopsPerByte, gigamacsPerSecond }) => ({
      x: flopsPerByte,
      y: gigamacsPerSecond,
      title: geometry,
    }));
  return formatPage({
    title: `MBConv against Fused-MBConv in ${network}`,
    summary: `${imageSize} x ${imageSize} pixels, batch ${batch}, ${device.name}: ${device.description}; ${formatDrift(drift)}.`,
    figures: [["Fused-MBConv is faster", sentenceOf(results)]],
    sections: [
      { title: "Time of a block", body: barChart("time of a block", groups, KEY) },
      {
        title: "Speed against arithmetic intensity",
        body: scatterChart({
          title: "speed against arithmetic intensity",
          x: { title: "FLOP per byte", scale: "log" },
          y: { title: "GMAC/s" },
          series: [
            { name: "MBConv", colour: COLOURS.mbconv, points: points(({ mbconv }) => mbconv) },
            { name: "Fused-MBConv", colour: COLOURS.fused, points: points(({ fused }) => fused) },
          ],
        }),
      },
      {
        title: "All numbers",
        body: tableHtml(
          columns.map(({ title }) => title),
          rows,
        ),
      },
    ],
  });
}
