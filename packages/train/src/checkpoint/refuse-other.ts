import { EfficientNetError } from "@efficientnet/errors";
import type { ArchitectureSpec } from "@efficientnet/specs";
import type { TrainingSettings } from "../settings.js";
import type { CheckpointDescription } from "./resume-trainer.js";

/** What a caller knows a checkpoint to be about; what is not given may be anything. */
export interface Expected {
  readonly spec?: ArchitectureSpec | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly settings?: TrainingSettings | undefined;
}

/** Throws where a checkpoint is about another network, other classes, or another training. */
export function refuseOther(found: CheckpointDescription, { spec, labels, settings }: Expected): void {
  if (labels !== undefined && !same(labels, found.labels)) {
    throw new EfficientNetError("weights-mismatch", "the checkpoint was trained on other classes", {
      expected: list(labels),
      received: list(found.labels),
      hint: "resume with the data that the training began with, or start a new training from its weights",
    });
  }
  if (spec !== undefined && !same(spec, found.spec)) {
    throw new EfficientNetError("weights-mismatch", "the checkpoint is of another network", {
      expected: `${spec.name}: ${firstDifference(spec, found.spec)}`,
      received: `${found.spec.name}: ${firstDifference(found.spec, spec)}`,
    });
  }
  if (settings !== undefined && !same(settings, found.settings)) {
    throw new EfficientNetError("invalid-argument", "the checkpoint was trained with other settings", {
      expected: firstDifference(settings, found.settings),
      received: firstDifference(found.settings, settings),
      hint: "resume without settings to go on as it began, or start a new training from its weights",
    });
  }
}

const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

/** JSON with keys in order, so that objects that say the same are the same text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function firstDifference(one: object, other: object): string {
  const theirs = new Map<string, unknown>(Object.entries(other));
  const [key, value] = Object.entries(one).find(([name, part]) => !same(part, theirs.get(name))) ?? ["all", "same"];
  return `${key} ${JSON.stringify(value)}`;
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 8).join(", ");
  return names.length > 8 ? `${names.length} classes: ${shown}, ...` : shown;
}
