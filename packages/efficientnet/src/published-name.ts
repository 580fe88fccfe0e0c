import { isEfficientNetError } from "@efficientnet/errors";

/** Where weights have names that say what they are; anything else need not load the registry. */
const MAYBE_PUBLISHED = /^hf:|^https:\/\/huggingface\.co\/|^(timm|torchvision|keras|tpu|automl|lukemelas|hf)\//i;

/** The id by which the registry knows weights that are named by it or by their place on the hub, else undefined. */
export async function publishedName(source: string): Promise<string | undefined> {
  if (!MAYBE_PUBLISHED.test(source)) return undefined;
  const [{ resolveWeights }, { weightsEntries }] = await Promise.all([
    import("@efficientnet/weights/download"),
    import("@efficientnet/weights/registry"),
  ]);
  try {
    const found = resolveWeights(source);
    if (found.kind === "entry") return found.entry.id;
    return found.kind === "hub" ? weightsEntries().find(({ id }) => id === found.repo)?.id : undefined;
  } catch (error) {
    // A folder may be called as a library is.
    if (isEfficientNetError(error, "unknown-name")) return undefined;
    throw error;
  }
}
