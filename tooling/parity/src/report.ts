import type { Finding, Golden } from "./golden.js";
import type { Runner } from "./runner.js";

/** One line of the table. */
export interface Row extends Finding {
  readonly kind: Golden["kind"];
  readonly ok: boolean;
  readonly seconds: number;
  /** Why it could not be checked. */
  readonly error?: string;
}

/** Checks one golden. An error is a failed row and not the end of the run. */
export async function checkGolden(golden: Golden, runner: Runner): Promise<readonly Row[]> {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  try {
    const findings = await golden.check(runner);
    const each = seconds() / findings.length;
    return findings.map((finding) => ({ kind: golden.kind, ok: isWithin(finding), seconds: each, ...finding }));
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown.message : String(thrown);
    const { kind, name } = golden;
    return [{ kind, name, worst: Number.POSITIVE_INFINITY, tolerance: 0, ok: false, seconds: seconds(), error }];
  }
}

function isWithin({ worst, feature = 0, tolerance }: Finding): boolean {
  return worst <= tolerance && feature <= tolerance;
}

export const HEADER = [
  "golden".padEnd(58),
  "worst".padStart(9),
  "feature".padStart(9),
  "at".padEnd(8),
  "allowed".padStart(8),
  "seconds".padStart(8),
].join(" ");

export function formatRow(row: Row): string {
  const line = [
    `${row.kind} ${row.name}`.padEnd(58),
    formatDifference(row.worst),
    formatDifference(row.feature),
    (row.where ?? "").padEnd(8),
    formatDifference(row.tolerance).padStart(8),
    row.seconds.toFixed(1).padStart(8),
    row.ok ? "ok" : "FAILED",
  ].join(" ");
  // A page's error comes with its stack; the fact and the hint are what helps.
  const reason = row.error?.split("\n").filter((part) => !/^\s+at /.test(part));
  return reason === undefined ? line : [line, ...reason].join("\n    ");
}

function formatDifference(value: number | undefined): string {
  if (value === undefined) return "".padStart(9);
  return (Number.isInteger(value) ? String(value) : value.toExponential(1)).padStart(9);
}
