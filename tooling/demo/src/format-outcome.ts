/** What the network made of the pictures of one class. */
export interface Outcome {
  readonly label: string;
  readonly right: number;
  readonly answers: readonly string[];
}

/** `stripes    19 of 20 ███████████████████   1 as waves`. */
export function formatOutcome({ label, right, answers }: Outcome, total: number): string {
  const wrong = new Map<string, number>();
  for (const answer of answers) if (answer !== label) wrong.set(answer, (wrong.get(answer) ?? 0) + 1);
  const mistakes = [...wrong].map(([answer, count]) => `${count} as ${answer}`).join(", ");
  const bar = "█".repeat(right).padEnd(total);
  return `${label.padEnd(10)} ${String(right).padStart(2)} of ${total} ${bar} ${mistakes}`.trimEnd();
}
