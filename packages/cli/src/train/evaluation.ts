import type { Answer, Evaluation } from "@efficientnet/train";

/** A picture with its answer, as `evaluation.json` has it. */
export interface ExampleAnswer {
  readonly name: string;
  readonly label: string;
  readonly predicted: string;
  readonly probability: number;
}

/** How a network did on the test pictures. */
export interface TestResult extends Evaluation {
  readonly classes: readonly string[];
  /** Rows are what pictures are, columns what they were taken for. */
  readonly confusion: readonly (readonly number[])[];
  /** One picture of each class that was right, and the first that were wrong. */
  readonly examples: readonly ExampleAnswer[];
}

const MOST_WRONG = 12;
const MOST_RIGHT = 24;

/** Gathers answers as they come. */
export function gatherAnswers(classes: readonly string[], name: (index: number) => string) {
  const confusion = classes.map(() => classes.map(() => 0));
  const right: ExampleAnswer[] = [];
  const wrong: ExampleAnswer[] = [];
  return {
    add({ index, label, predicted, logits }: Answer): void {
      const row = confusion[label];
      if (row !== undefined) row[predicted] = (row[predicted] ?? 0) + 1;
      const example: ExampleAnswer = {
        name: name(index),
        label: classes[label] ?? "",
        predicted: classes[predicted] ?? "",
        probability: probabilityOf(logits, predicted),
      };
      if (label !== predicted) {
        if (wrong.length < MOST_WRONG) wrong.push(example);
      } else if (right.length < MOST_RIGHT && right.filter((other) => other.label === example.label).length < 2) {
        right.push(example);
      }
    },
    result: (evaluation: Evaluation): TestResult => ({
      ...evaluation,
      classes,
      confusion,
      examples: [...wrong, ...right],
    }),
  };
}

function probabilityOf(logits: Float32Array, chosen: number): number {
  const largest = Math.max(...logits);
  const sum = logits.reduce((total, value) => total + Math.exp(value - largest), 0);
  return Math.exp((logits[chosen] ?? Number.NEGATIVE_INFINITY) - largest) / sum;
}
