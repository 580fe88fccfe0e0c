import { printable } from "./printable.js";

export interface Column {
  readonly title: string;
  /** Text is aligned left unless told, numbers belong to the right. */
  readonly align?: "left" | "right";
}

const GAP = "  ";

/** Aligned columns under their titles, two spaces between them, nothing at the ends of lines. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const cells = [columns.map(({ title }) => title), ...rows.map((row) => row.map(printable))];
  const widths = columns.map((_, i) => Math.max(...cells.map((row) => lengthOf(row[i] ?? ""))));
  return cells
    .map((row) => columns.map(({ align }, i) => pad(row[i] ?? "", widths[i] ?? 0, align)).join(GAP))
    .map((line) => line.trimEnd())
    .join("\n");
}

/** One `name  value` line each, values below each other. */
export function formatFields(fields: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...fields.map(([name]) => name.length));
  return fields.map(([name, value]) => `${name.padEnd(width)}${GAP}${printable(value)}`.trimEnd()).join("\n");
}

function pad(text: string, width: number, align: Column["align"] = "left"): string {
  const space = " ".repeat(width - lengthOf(text));
  return align === "left" ? text + space : space + text;
}

/** In code points: a name with an emoji is not longer than it looks. */
function lengthOf(text: string): number {
  return [...text].length;
}
