import { EfficientNetError, unknownName } from "@efficientnet/errors";
import { type ArchitectureSpec, expandBlocks } from "@efficientnet/specs";

/** What a plan can hand out, by part: `stem`, blocks such as `stages.2.1`, `head`, `embedding`, `logits`. */
export function outputNames(spec: ArchitectureSpec): readonly string[] {
  const maps = ["stem", ...expandBlocks(spec).map(({ name }) => name), "head", "embedding"];
  return spec.head.classes === null ? maps : [...maps, "logits"];
}

/**
 * The part behind each asked name; `stages.2` is the last block of the third stage.
 *
 * @throws `unknown-name`; `unsupported` for the logits of a network without classifier; `invalid-argument` for none.
 */
export function resolveOutputs(spec: ArchitectureSpec, asked: readonly string[]): ReadonlyMap<string, string> {
  const names = outputNames(spec);
  const known = new Map(names.map((name) => [name, name]));
  // Blocks come in order, so the last of a stage is the one that stays.
  for (const { name, stage } of expandBlocks(spec)) known.set(`stages.${stage}`, name);
  if (asked.length === 0) {
    throw new EfficientNetError("invalid-argument", "no outputs are asked for", { expected: names.join(", ") });
  }
  if (spec.head.classes === null && asked.includes("logits")) {
    throw new EfficientNetError("unsupported", `${spec.name} has no classifier, so it has no logits`, {
      hint: "ask for the embedding",
    });
  }
  return new Map(
    asked.map((name) => {
      const part = known.get(name);
      if (part === undefined) throw unknownName(`output of ${spec.name}`, name, known.keys());
      return [name, part];
    }),
  );
}
