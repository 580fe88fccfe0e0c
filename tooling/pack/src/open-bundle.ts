import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { openServed } from "@efficientnet-tooling/chromium";

interface Answer {
  /** How the network runs. */
  readonly runs: string;
  readonly classes: readonly { readonly label: string; readonly probability: number }[];
}

/** What is wrong with the answers of a bundled page and its workers, opened in Chromium. */
export async function openBundle(folder: string): Promise<string> {
  const opened = await openServed({
    pages: { "/": readFileSync(join(folder, "index.html"), "utf8") },
    files: { "/": folder },
    crossOriginIsolated: true,
  });
  try {
    const answers = await opened.call<Readonly<Record<string, Answer>>>("answers");
    const { classes = [] } = answers.page ?? {};
    const total = classes.reduce((sum, { probability }) => sum + probability, 0);
    return [
      ...opened.errors,
      ...(classes.length === 3 && Math.abs(total - 1) < 1e-5 ? [] : [`no probabilities: ${JSON.stringify(answers)}`]),
      ...Object.entries(answers).flatMap(([name, answer]) => [
        ...(answer.runs.includes(" 2 threads ") ? [] : [`${name} has no threads: ${answer.runs}`]),
        ...(isDeepStrictEqual(answer.classes, classes) ? [] : [`${name} answers ${JSON.stringify(answer.classes)}`]),
      ]),
    ].join("\n");
  } finally {
    await opened.close();
  }
}
