import type { Match, Prediction } from "efficientnet/node";
import { printable } from "./printable.js";

/** A picture's name, and below it a line for each label, best first. */
export function formatAnswer(path: string, lines: readonly (readonly [score: number, label: string])[]): string {
  return [path, ...lines.map(([score, label]) => `  ${score.toFixed(3)}  ${label}`)].map(printable).join("\n");
}

/** Classes with their softmax probability. */
export function formatPredictions(path: string, predictions: readonly Prediction[]): string {
  return formatAnswer(
    path,
    predictions.map(({ probability, label }) => [probability, label]),
  );
}

/** Labels of examples with their cosine similarity. */
export function formatMatches(path: string, matches: readonly Match[]): string {
  return formatAnswer(
    path,
    matches.map(({ similarity, label }) => [similarity, label]),
  );
}
