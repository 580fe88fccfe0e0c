import type { Schedule } from "./recipe.js";

/** `table` for people, `json` for `parseSchedule`. */
export interface FormatScheduleOptions {
  readonly form?: "table" | "json";
}

/**
 * A schedule as text: an aligned table with five digits of what is not whole (the default), or JSON with a line per
 * stage, which `parseSchedule` reads back to the last digit.
 */
export function formatSchedule(schedule: Schedule, { form = "table" }: FormatScheduleOptions = {}): string {
  if (form === "json") return `[\n${schedule.map((stage) => `  ${JSON.stringify(stage)}`).join(",\n")}\n]\n`;
  const names = Object.keys(schedule[0]?.regularisers ?? {});
  const rows = schedule.map(({ index, start, end, imageSize, batchSize, learningRate, regularisers }) => [
    String(index),
    `${start}-${end}`,
    ...[imageSize, batchSize, learningRate, ...names.map((name) => regularisers[name] ?? Number.NaN)].map(digits),
  ]);
  const titles = ["stage", schedule[0]?.unit ?? "", "imageSize", "batchSize", "learningRate", ...names];
  const widths = titles.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [titles, ...rows]
    .map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join("  "))
    .join("\n");
}

function digits(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(5)));
}
