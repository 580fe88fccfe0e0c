import { EfficientNetError } from "@efficientnet/errors";

/**
 * What a layer with weights looks like from outside: a convolution with a kernel larger than 1, a 1x1 convolution, a
 * depthwise one, a convolution of the pooled map, or a matrix.
 */
export type LayerKind = "spatial" | "pointwise" | "depthwise" | "pooled" | "dense";

const LETTER: Readonly<Record<LayerKind, string>> = {
  spatial: "S",
  pointwise: "P",
  depthwise: "D",
  pooled: "Q",
  dense: "X",
};

/** The blocks of every published network, by the kinds of their layers in order; none is the beginning of another. */
const BLOCKS: readonly (readonly [pattern: string, layers: readonly string[]])[] = [
  ["PDQQP", ["expand", "depthwise", "squeeze_reduce", "squeeze_expand", "project"]],
  ["PDP", ["expand", "depthwise", "project"]],
  ["DQQP", ["depthwise", "squeeze_reduce", "squeeze_expand", "project"]],
  ["DP", ["depthwise", "project"]],
];

/** A fused block ends in a 1x1 convolution, unless that one already belongs to the next block. */
const FUSED: readonly (readonly [pattern: RegExp, layers: readonly string[]])[] = [
  [/^SP(?!D)/, ["expand", "project"]],
  [/^S/, ["expand"]],
];

/** The end of a network: its head, and a classifier that may be a convolution of the pooled map. */
const END: Readonly<Record<string, readonly string[]>> = {
  P: ["head/conv"],
  PX: ["head/conv", "head/dense"],
  PQ: ["head/conv", "head/dense"],
};

/**
 * Names for the layers of a network by their place in it: `stem/conv`, `blocks_<n>/<layer>`, `head/conv`,
 * `head/dense`.
 *
 * @throws `unsupported` when these are not the layers of an EfficientNet.
 */
export function nameLayers(kinds: readonly LayerKind[]): readonly string[] {
  const letters = kinds.map((kind) => LETTER[kind]).join("");
  const names: string[] = kinds[0] === "spatial" ? ["stem/conv"] : [];
  for (let block = 0; names.length > 0 && names.length < kinds.length; block++) {
    const rest = letters.slice(names.length);
    const end = END[rest];
    if (end !== undefined) return [...names, ...end];
    const layers =
      BLOCKS.find(([pattern]) => rest.startsWith(pattern))?.[1] ?? FUSED.find(([pattern]) => pattern.test(rest))?.[1];
    if (layers === undefined) break;
    names.push(...layers.map((layer) => `blocks_${block}/${layer}`));
  }
  const place = names.length;
  throw new EfficientNetError("unsupported", "the layers of this graph are not those of an EfficientNet", {
    expected: place === 0 ? "a convolution first" : "inverted bottlenecks, then a 1x1 convolution and a classifier",
    received:
      kinds.length === 0
        ? "no layers with weights"
        : `${kinds.slice(place, place + 4).join(", ") || "an end"} after ${place} layers`,
  });
}
