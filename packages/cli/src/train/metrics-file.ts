import { appendFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { MetricsRow } from "@efficientnet/train";
import { writeAtomically } from "../files/write-atomically.js";

/** Adds a row; written before this returns, so that a run that is killed has lost nothing of it. */
export function appendRow(file: string, row: MetricsRow): void {
  appendFileSync(file, `${JSON.stringify(row)}\n`);
}

/** The rows of a run; a last line that a kill left incomplete is no row, and neither is an absent file. */
export async function readRows(file: string): Promise<readonly MetricsRow[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as MetricsRow);
}

/** Takes back what a run did after its checkpoint, which it will do again. */
export async function dropRowsAfter(file: string, step: number): Promise<void> {
  const rows = (await readRows(file)).filter((row) => row.step <= step);
  await writeAtomically(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
}
