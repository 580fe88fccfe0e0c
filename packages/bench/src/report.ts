import type { BackendName } from "@efficientnet/backends";
import type { Spread } from "@efficientnet/search";
import type { Machine } from "./machine.js";
import type { RaceOptions, RaceResult, Timed } from "./race.js";

/** One race: a model, a batch and a backend. */
export interface Measurement extends RaceResult {
  readonly model: string;
  readonly backend: BackendName;
  readonly batch: number;
  /** Side of the input in pixels. */
  readonly size: number;
}

/** A race that could not be held, and why. */
export interface Skipped {
  readonly backend: BackendName;
  readonly reason: string;
}

export interface Report {
  readonly machine: Machine;
  /** ISO 8601. */
  readonly date: string;
  /** Mean number of processes that wanted to run, over the last minute before the start and before the end. */
  readonly load: { readonly before: number; readonly after: number };
  readonly options: Pick<RaceOptions, "rounds" | "runs" | "warmUpMs">;
  readonly measurements: readonly Measurement[];
  readonly skipped: readonly Skipped[];
}

const HEADER = ["", "median", "min", "quartiles", "x ours", "quartiles", "differs by"] as const;

/** A table of one race, milliseconds for the whole batch, aligned for a terminal and valid Markdown. */
export function formatMeasurement({ model, backend, batch, size, timed, leftOut }: Measurement): string {
  const rows = [HEADER, ...timed.map(cells)];
  const widths = HEADER.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(" | ")} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  const table = timed.length === 0 ? [] : [line(HEADER), rule, ...timed.map((one) => line(cells(one)))];
  return [
    `${model}, ${backend}, batch ${batch}, ${size} x ${size}, milliseconds`,
    "",
    ...table,
    "",
    ...new Set(timed.map(({ description }) => description)),
    ...leftOut.map(({ name, reason }) => `not timed: ${name}: ${oneLine(reason)}`),
  ].join("\n");
}

/** A reason with its advice. */
const oneLine = (text: string) => text.split(/\n\s*/).join("; ");

function cells({ name, milliseconds, ratio, difference }: Timed): readonly string[] {
  return [
    name,
    milliseconds.median.toFixed(1),
    milliseconds.min.toFixed(1),
    quartiles(milliseconds, 1),
    ratio.median.toFixed(2),
    quartiles(ratio, 2),
    difference.toExponential(0),
  ];
}

const quartiles = ({ lowerQuartile, upperQuartile }: Spread, digits: number) =>
  `${lowerQuartile.toFixed(digits)} - ${upperQuartile.toFixed(digits)}`;

export function formatMachine({ cpu, cores, memoryGiB, system, node }: Machine): string {
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node ${node}`;
}
