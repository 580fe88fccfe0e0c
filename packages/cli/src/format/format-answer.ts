import type { Match, Prediction } from "efficientnet/node";
import { printable } from "./printable.js";

/** Classes with their softmax probability, best first, below the picture's name. */
export function formatPredictions(path: string, predictions: readonly Prediction[]): string {
  return formatAnswer(
    path,
    predictions.map(({ probability, label }) => [probability, label]),
  );
}

/** Labels of examples with their cosine similarity, best first, below the picture's name. */
export function formatMatches(path: string, matches: readonly Match[]): string {
  return formatAnswer(
    path,
    matches.map(({ similarity, label }) => [similarity, label]),
  );
}

function formatAnswer(path: string, answers: readonly (readonly [score: number, label: string])[]): string {
  const scores = answers.map(([score]) => formatScore(score));
  const width = Math.max(...scores.map((score) => score.length));
  const lines = answers.map(([, label], i) => `  ${scores[i]?.padStart(width)}  ${label}`);
  return [path, ...lines].map(printable).join("\n");
}

/** Three decimals; what rounds to zero has no sign. */
function formatScore(score: number): string {
  return score.toFixed(3).replace(/^-(0\.0+)$/, "$1");
}
