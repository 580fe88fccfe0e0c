/** An axis: what it says, and whether it is divided evenly or by ratios. */
export interface Axis {
  readonly title: string;
  readonly scale?: "linear" | "log" | undefined;
  /** How its numbers are written; as they are unless given. */
  readonly format?: ((value: number) => string) | undefined;
}

/** Where values lie on an axis, as a share of its length, and where it is marked. */
export interface Scale {
  at(value: number): number;
  readonly ticks: readonly number[];
}

/** A scale that has room for all values, beginning and ending at round numbers where it is linear. */
export function scaleFor({ scale = "linear" }: Axis, values: readonly number[]): Scale {
  const finite = values.filter((value) => Number.isFinite(value) && (scale === "linear" || value > 0));
  const [low, high] = [Math.min(...finite, Number.POSITIVE_INFINITY), Math.max(...finite, Number.NEGATIVE_INFINITY)];
  if (low > high) return { at: () => 0.5, ticks: [] };
  // A ratio that small has hardly a round number in it, and looks the same on both.
  return scale === "log" && high / low > 3 ? logScale(low, high) : linearScale(low, high);
}

function linearScale(low: number, high: number): Scale {
  const step = roundStep((high - low || Math.abs(high) || 1) / 5);
  const [first, last] = [Math.floor(low / step), Math.max(Math.ceil(high / step), Math.floor(low / step) + 1)];
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
  return { at: (value) => (value / step - first) / (last - first), ticks };
}

function logScale(low: number, high: number): Scale {
  const [from, to] = [low / 1.1, high * 1.1];
  const decades = Array.from({ length: 40 }, (_, i) => 10 ** (i - 15));
  const marks = high / low < 30 ? [1, 2, 3, 5] : [1];
  const ticks = decades.flatMap((decade) => marks.map((mark) => Number((mark * decade).toPrecision(6))));
  return {
    at: (value) => Math.log(value / from) / Math.log(to / from),
    ticks: ticks.filter((tick) => tick >= from && tick <= to),
  };
}

/** 1, 2 or 5 times a power of ten, at least as large. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return ([1, 2, 5, 10].find((mark) => mark * power >= step * 0.999) ?? 10) * power;
}
