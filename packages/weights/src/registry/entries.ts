import { unknownName } from "@efficientnet/errors";
import { type ArchitectureSpec, withClasses } from "@efficientnet/specs";
import { specForArch } from "../conventions/spec-for-arch.js";
import { googleEntries } from "./google-entries.js";
import { kerasEntries } from "./keras-entries.js";
import { lukemelasEntries, transformersEntries } from "./port-entries.js";
import { timmEntries } from "./timm-entries.js";
import { torchvisionEntries } from "./torchvision-entries.js";
import type { WeightsEntry } from "./weights-entry.js";

let made: readonly WeightsEntry[] | undefined;

/** Every set of published weights whose network has a spec. */
export function weightsEntries(): readonly WeightsEntry[] {
  made ??= [
    ...timmEntries(),
    ...torchvisionEntries(),
    ...kerasEntries(),
    ...googleEntries(),
    ...lukemelasEntries(),
    ...transformersEntries(),
  ];
  return made;
}

/**
 * The entry with an id such as `timm/tf_efficientnetv2_s.in21k_ft_in1k`; case does not matter.
 *
 * @throws `unknown-name` with near matches.
 */
export function findEntry(id: string): WeightsEntry {
  const wanted = id.toLowerCase();
  const found = weightsEntries().find((entry) => entry.id.toLowerCase() === wanted);
  if (found !== undefined) return found;
  throw unknownName(
    "weights",
    id,
    weightsEntries().map((entry) => entry.id),
  );
}

/** The spec that runs an entry's weights as their publisher does: padding, batch norm and classes included. */
export function specForEntry({ library, arch, classes }: WeightsEntry): ArchitectureSpec {
  return withClasses(specForArch(library, arch), classes);
}
