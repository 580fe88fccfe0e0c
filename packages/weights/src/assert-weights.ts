import { EfficientNetError, formatShape } from "@efficientnet/errors";
import type { ArchitectureSpec } from "@efficientnet/specs";
import { checkWeights, type WeightsOptions, type WeightsReport } from "./check-weights.js";
import type { Checkpoint } from "./checkpoint.js";
import type { VariantMatch } from "./recognise-variant.js";

/** Names listed of each kind before "and n more". */
const LISTED = 4;
/** Longest part of a name shown. */
const NAME_LENGTH = 80;
/** Below this share of agreeing arrays a resemblance helps nobody. */
const ALIKE = 0.5;

/**
 * Passes when a checkpoint fits a network and returns the report.
 *
 * @throws `weights-mismatch` listing what is missing, unexpected and of another shape, and what the weights look like.
 */
export function assertWeights(
  spec: ArchitectureSpec,
  checkpoint: Checkpoint,
  options: WeightsOptions = {},
): WeightsReport {
  const report = checkWeights(spec, checkpoint, options);
  if (!report.fits) throw mismatchError(spec, report);
  return report;
}

function mismatchError(spec: ArchitectureSpec, report: WeightsReport): EfficientNetError {
  const { missing, unexpected, mismatched, looksLike } = report;
  const counts = [
    [missing.length, "missing"],
    [unexpected.length, "unexpected"],
    [mismatched.length, "of another shape"],
  ] as const;
  const found = counts.filter(([count]) => count > 0).map(([count, what]) => `${what}: ${count}`);
  const expected = [
    ...mismatched.map(({ name, expected }) => named(name, expected)),
    ...missing.map(({ foreign, foreignShape }) => named(foreign, foreignShape)),
  ];
  const received = [...mismatched.map(({ name, received }) => named(name, received)), ...unexpected.map(shorten)];
  return new EfficientNetError(
    "weights-mismatch",
    `the weights do not fit ${describe(spec.name, spec.head.classes)} (arrays ${found.join(", ")})`,
    {
      ...(expected.length > 0 ? { expected: list(expected) } : {}),
      ...(received.length > 0 ? { received: list(received) } : {}),
      ...(looksLike === null ? {} : { hint: resemblance(looksLike) }),
    },
  );
}

function resemblance({ variant, alsoFits, score, classes }: VariantMatch): string {
  if (score < ALIKE) return "it looks like no network this version knows";
  const names = [variant, ...alsoFits].join(" or ");
  return `it looks like ${describe(names, classes)}${score === 1 ? "" : ` (${Math.floor(score * 100)} % alike)`}`;
}

function describe(name: string, classes: number | null): string {
  return classes === null ? `${name} without classifier` : `${name} with ${classes} classes`;
}

function named(name: string, shape: readonly number[]): string {
  return `${shorten(name)} ${formatShape(shape)}`;
}

function shorten(name: string): string {
  return name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH)}...` : name;
}

function list(items: readonly string[]): string {
  const rest = items.length - LISTED;
  return items.slice(0, LISTED).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
