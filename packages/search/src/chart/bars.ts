import { drawing, element, label, type Markup } from "./svg.js";

/** A bar of a group, and what it says when it is pointed at. */
export interface Bar {
  readonly value: number;
  readonly colour: string;
  readonly text: string;
}

/** Bars that belong together, under one name. */
export interface BarGroup {
  readonly name: string;
  readonly bars: readonly Bar[];
}

const [WIDTH, NAMES, BAR, GAP] = [720, 260, 14, 10];

/** Groups of horizontal bars as SVG, the longest as wide as there is room for. */
export function barChart(
  title: string,
  groups: readonly BarGroup[],
  key: Readonly<Record<string, string>> = {},
): Markup {
  const longest = Math.max(...groups.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const room = WIDTH - NAMES - 150;
  let y = Object.keys(key).length > 0 ? 28 : 6;
  const drawn = groups.map(({ name, bars }) => {
    const top = y;
    y += bars.length * BAR + GAP;
    const rows = bars.map(({ value, colour, text }, i) => {
      const at = top + i * BAR;
      const width = Math.max(1, (room * value) / longest);
      const rectangle = element("rect", { x: NAMES, y: at + 1, width, height: BAR - 2, fill: colour });
      return rectangle + label(text, NAMES + width + 6, at + BAR - 3, { "font-size": 11 });
    });
    const middle = top + (bars.length * BAR) / 2 + 4;
    return label(name, NAMES - 8, middle, { "text-anchor": "end" }) + rows.join("");
  });
  const legend = Object.entries(key).map(([name, colour], i) => {
    const x = NAMES + i * 160;
    return element("rect", { x, y: 6, width: 10, height: 10, fill: colour }) + label(name, x + 16, 15);
  });
  return drawing(WIDTH, y, title, ...legend, ...drawn);
}
