import { type ArchitectureSpec, type Block, expandBlocks } from "@efficientnet/specs";

/**
 * Names of layers by their place in the network, as readers of graphs give them (`nameLayers`), and names for their
 * batch norms.
 */
export function placedLayers(spec: ArchitectureSpec): ReadonlyMap<string, string> {
  return new Map([
    ["stem.conv", "stem/conv"],
    ["stem.norm", "stem/norm"],
    ...expandBlocks(spec).flatMap(blockLayers),
    ["head.conv", "head/conv"],
    ["head.norm", "head/norm"],
  ]);
}

function blockLayers({ name, index, experts }: Block): [string, string][] {
  // No graph with the mixed kernels of CondConv is known.
  if (experts > 0) return [];
  const foreign = `blocks_${index}`;
  return [
    ...["expand", "depthwise", "project"].flatMap((part): [string, string][] => [
      [`${name}.${part}.conv`, `${foreign}/${part}`],
      [`${name}.${part}.norm`, `${foreign}/${part}_norm`],
    ]),
    [`${name}.squeeze.reduce`, `${foreign}/squeeze_reduce`],
    [`${name}.squeeze.expand`, `${foreign}/squeeze_expand`],
  ];
}
