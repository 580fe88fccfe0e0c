/** One line of the parity table. */
export interface Row {
  readonly kind: string;
  readonly name: string;
  /** Worst difference of an answer, in the unit that `tolerance` has. */
  readonly worst: number;
  /** Worst difference of a map on the way there, and which; absent where only the answer is known. */
  readonly feature?: number;
  readonly where?: string;
  readonly tolerance: number;
  readonly ok: boolean;
  readonly seconds: number;
  /** Why it could not be checked, or what went wrong. */
  readonly error?: string;
}

export interface Summary {
  readonly backend: string;
  readonly rows: readonly Row[];
  readonly ok: boolean;
}

export function summarise(backend: string, rows: readonly Row[]): Summary {
  return { backend, rows, ok: rows.length > 0 && rows.every(({ ok }) => ok) };
}

export const HEADER = `${"golden".padEnd(52)} ${"worst".padStart(9)} ${"feature".padStart(9)}  ${"at".padEnd(8)} ${"allowed".padStart(8)}  seconds`;

export function formatRow(row: Row): string {
  const figures = [
    `${row.kind} ${row.name}`.padEnd(52),
    formatDifference(row.worst),
    formatDifference(row.feature),
    "",
    (row.where ?? "").padEnd(8),
    row.tolerance.toExponential(0).padStart(8),
    row.seconds.toFixed(1).padStart(8),
    row.ok ? " ok" : " FAILED",
  ];
  const line = figures.join(" ");
  return row.error === undefined ? line : `${line}\n    ${row.error.replaceAll("\n", "\n    ")}`;
}

function formatDifference(value: number | undefined): string {
  return (value === undefined ? "" : value.toExponential(1)).padStart(9);
}
