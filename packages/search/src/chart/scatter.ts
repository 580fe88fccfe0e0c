import { type Axis, type Scale, scaleFor } from "./axis.js";
import { drawing, element, escapeText, label, type Markup } from "./svg.js";

/** A point, and what it says when it is pointed at. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly title: string;
}

/** Points of one colour, joined by a line or not. */
export interface Series {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly Point[];
  readonly line?: boolean | undefined;
  /** Radius in pixels; 4 unless given, 0 for none. */
  readonly radius?: number | undefined;
}

export interface ScatterOptions {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
}

const [WIDTH, HEIGHT] = [720, 420];
const AREA = { left: 64, top: 34, right: 16, bottom: 48 };

/** A chart of points as SVG, with no script; points that are not numbers are left out. */
export function scatterChart({ title, x, y, series }: ScatterOptions): Markup {
  const all = series.flatMap(({ points }) => points);
  const across = scaleFor(
    x,
    all.map((point) => point.x),
  );
  const up = scaleFor(
    y,
    all.map((point) => point.y),
  );
  const placed = { x: (value: number) => xOf(across, value), y: (value: number) => yOf(up, value) };
  return drawing(
    WIDTH,
    HEIGHT,
    title,
    grid(x, across, y, up),
    ...series.map((one) => drawSeries(one, placed)),
    legend(series),
    label(x.title, (AREA.left + WIDTH - AREA.right) / 2, HEIGHT - 8, { "text-anchor": "middle" }),
    label(y.title, 16, (AREA.top + HEIGHT - AREA.bottom) / 2, {
      "text-anchor": "middle",
      transform: `rotate(-90 16 ${(AREA.top + HEIGHT - AREA.bottom) / 2})`,
    }),
  );
}

const xOf = (scale: Scale, value: number) => AREA.left + scale.at(value) * (WIDTH - AREA.left - AREA.right);
const yOf = (scale: Scale, value: number) => HEIGHT - AREA.bottom - scale.at(value) * (HEIGHT - AREA.top - AREA.bottom);

function grid(x: Axis, across: Scale, y: Axis, up: Scale): Markup {
  const line = { stroke: "currentColor", "stroke-opacity": 0.15 };
  const columns = across.ticks.map((tick) => {
    const at = xOf(across, tick);
    const text = label(x.format?.(tick) ?? String(tick), at, HEIGHT - AREA.bottom + 16, { "text-anchor": "middle" });
    return element("line", { x1: at, x2: at, y1: AREA.top, y2: HEIGHT - AREA.bottom, ...line }) + text;
  });
  const rows = up.ticks.map((tick) => {
    const at = yOf(up, tick);
    const text = label(y.format?.(tick) ?? String(tick), AREA.left - 6, at + 4, { "text-anchor": "end" });
    return element("line", { x1: AREA.left, x2: WIDTH - AREA.right, y1: at, y2: at, ...line }) + text;
  });
  return [...columns, ...rows].join("");
}

interface Placing {
  x(value: number): number;
  y(value: number): number;
}

function drawSeries({ colour, points, line = false, radius = 4 }: Series, place: Placing): Markup {
  const seen = points.filter((point) => Number.isFinite(place.x(point.x)) && Number.isFinite(place.y(point.y)));
  const path = seen.map((point) => `${place.x(point.x).toFixed(1)},${place.y(point.y).toFixed(1)}`).join(" ");
  const dots = seen.map((point) =>
    element(
      "circle",
      { cx: place.x(point.x), cy: place.y(point.y), r: radius, fill: colour, "fill-opacity": 0.8 },
      element("title", {}, escapeText(point.title)),
    ),
  );
  const joined = line ? element("polyline", { points: path, fill: "none", stroke: colour, "stroke-width": 2 }) : "";
  return joined + (radius === 0 ? "" : dots.join(""));
}

function legend(series: readonly Series[]): Markup {
  return series
    .map(({ name, colour }, i) => {
      const at = AREA.left + i * 160;
      return element("circle", { cx: at + 5, cy: 15, r: 5, fill: colour }) + label(name, at + 15, 19);
    })
    .join("");
}
