import { isEfficientNetError } from "@efficientnet/errors";
import {
  decodeSpec,
  formatSpec,
  formatTimmDefinition,
  genotypeAt,
  type SearchPlan,
  type SearchSummary,
} from "@efficientnet/nas";
import { type ArchitectureSpec, formatGoogleBlocks, formatTimmBlocks } from "@efficientnet/specs";

/** The network of a candidate that was measured. */
export function specOf({ space }: SearchPlan, { candidates, best }: SearchSummary, number = best): ArchitectureSpec {
  const found = candidates.find((candidate) => candidate.number === number);
  return decodeSpec(space, genotypeAt(space, BigInt(found?.network ?? 0)));
}

/**
 * A network in every form that it is used in, by the name of the file: a spec for all other commands, timm's and Google's
 * block strings, and Python for timm. What a notation cannot say is left out.
 */
export function winnerFiles(spec: ArchitectureSpec): Readonly<Record<string, string>> {
  const { stem, stages } = spec;
  const written: Readonly<Record<string, () => string>> = {
    "best.json": () => formatSpec(spec),
    "best.timm-blocks.txt": () => `${formatTimmBlocks(stages, { stemChannels: stem.channels }).join("\n")}\n`,
    "best.google-blocks.txt": () => `${formatGoogleBlocks(stages, { dialect: "v2" }).join("\n")}\n`,
    "best_timm.py": () => formatTimmDefinition(spec),
  };
  return Object.fromEntries(
    Object.entries(written).flatMap(([name, write]) => {
      try {
        return [[name, write()]];
      } catch (error) {
        if (isEfficientNetError(error, "unsupported")) return [];
        throw error;
      }
    }),
  );
}
