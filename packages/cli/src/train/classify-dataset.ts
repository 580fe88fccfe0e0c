import { isEfficientNetError } from "@efficientnet/errors";
import type { Dataset, SkippedPicture } from "@efficientnet/train";
import type { EfficientNet, NodePictureSource } from "efficientnet/node";
import { stopIfAborted } from "../pictures/answer-each.js";
import type { Report } from "../report.js";

/** How one class was answered. */
export interface ClassResult {
  readonly name: string;
  readonly pictures: number;
  readonly right: number;
  /** What its other pictures were taken for, the most frequent first. */
  readonly mistakes: readonly { readonly label: string; readonly count: number }[];
}

/** How all classes were answered. */
export interface Confusion {
  readonly pictures: number;
  readonly right: number;
  readonly accuracy: number;
  readonly classes: readonly ClassResult[];
  readonly skipped: readonly SkippedPicture[];
}

/** Classifies every picture of a dataset; those that cannot be used are listed. */
export async function classifyDataset(
  network: EfficientNet<NodePictureSource>,
  dataset: Dataset,
  report: Report,
): Promise<Confusion> {
  const skipped: SkippedPicture[] = [];
  const answers = dataset.classes.map((): string[] => []);
  for (let index = 0; index < dataset.labels.length; index++) {
    stopIfAborted(report);
    report.progress(`picture ${index + 1} of ${dataset.labels.length}`);
    try {
      const [best] = await network.classify(await dataset.picture(index), { topK: 1 });
      answers[dataset.labels[index] ?? -1]?.push(best?.label ?? "");
    } catch (error) {
      if (!isEfficientNetError(error, "bad-image")) throw error;
      skipped.push({ name: dataset.name(index), reason: error.message });
    }
  }
  const classes = dataset.classes.map((name, label) => classResult(name, answers[label] ?? []));
  const total = (of: (one: ClassResult) => number) => classes.reduce((sum, one) => sum + of(one), 0);
  const [pictures, right] = [total((one) => one.pictures), total((one) => one.right)];
  return { pictures, right, accuracy: right / pictures, classes, skipped };
}

function classResult(name: string, answers: readonly string[]): ClassResult {
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  const right = counts.get(name) ?? 0;
  counts.delete(name);
  const mistakes = [...counts].map(([label, count]) => ({ label, count })).sort((a, b) => b.count - a.count);
  return { name, pictures: answers.length, right, mistakes };
}
