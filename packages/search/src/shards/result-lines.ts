import type { CandidateResult } from "@efficientnet/nas";

/** A result as a line of a file. */
export const formatLine = (result: CandidateResult): string => `${JSON.stringify(result)}\n`;

/**
 * The results in a file that was being written when its process may have been killed: a last line that is not whole, or
 * that a file system left empty, is no result yet.
 */
export function parseLines(text: string): readonly CandidateResult[] {
  const results: CandidateResult[] = [];
  for (const line of text.split("\n").slice(0, -1)) {
    const result = parseLine(line);
    if (result === undefined) break;
    results.push(result);
  }
  return results;
}

function parseLine(line: string): CandidateResult | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && "number" in value ? (value as CandidateResult) : undefined;
  } catch {
    return undefined;
  }
}
