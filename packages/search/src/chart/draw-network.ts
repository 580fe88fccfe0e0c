import {
  type ArchitectureSpec,
  type Block,
  type BlockCost,
  expandBlocks,
  measureBlocks,
  traceShapes,
} from "@efficientnet/specs";
import { COLOURS } from "./colours.js";
import { drawing, element, escapeText, label, type Markup } from "./svg.js";

const [WIDTH, NAMES, ROW, BOX] = [860, 150, 46, 34];

/**
 * A network block by block as SVG: a row for each stage, a box for each block, its width by its output channels. A blue
 * box is an MBConv, an orange one a Fused-MBConv; an arc over a box is a residual. A box says its multiply-adds and
 * parameters when it is pointed at.
 */
export function drawNetwork(spec: ArchitectureSpec, imageSize = spec.resolution.eval): Markup {
  const blocks = expandBlocks(spec);
  const costs = new Map(measureBlocks(spec, { imageSize }).map((cost) => [cost.name, cost]));
  const sides = new Map(traceShapes(spec, imageSize).map(({ name, output }) => [name, output[1] ?? 1]));
  const deepest = Math.max(...spec.stages.map(({ repeats }) => repeats));
  const widest = Math.max(spec.stem.channels, spec.head.channels, ...blocks.map(({ outChannels }) => outChannels));
  const slot = Math.min(130, (WIDTH - NAMES) / Math.max(1, deepest));
  const widthOf = (channels: number) => Math.max(26, (slot - 8) * Math.sqrt(channels / widest));
  const rows: Markup[] = [];
  const row = (name: string, boxes: readonly Markup[]) => {
    const y = rows.length * ROW;
    const text = label(name, NAMES - 12, y + ROW / 2 + 6, { "text-anchor": "end" });
    rows.push(element("g", {}, text, element("g", { transform: `translate(${NAMES} ${y + 8})` }, ...boxes)));
  };
  const { stem, head } = spec;
  row(`stem ${sides.get("stem")}x${sides.get("stem")}`, [
    plain(widthOf(stem.channels), `${stem.channels}`, `convolution ${stem.kernelSize}x${stem.kernelSize}`),
  ]);
  spec.stages.forEach((stage, index) => {
    const own = blocks.filter((block) => block.stage === index);
    const side = sides.get(own[0]?.name ?? "");
    const name = `${stage.block === "mbconv" ? "MBConv" : "Fused"}${stage.expandRatio} ${side}x${side}`;
    row(
      name,
      own.map((block, i) => box(block, i * slot, widthOf(block.outChannels), costs.get(block.name))),
    );
  });
  row("head", [plain(widthOf(head.channels), `${head.channels}`, "convolution 1x1, pooling, classifier")]);
  return drawing(WIDTH, rows.length * ROW, `${spec.name}, block by block`, ...rows);
}

function plain(width: number, text: string, title: string): Markup {
  return element(
    "g",
    {},
    element("title", {}, escapeText(title)),
    rectangle(0, width, COLOURS.other),
    inBox(text, width),
  );
}

function box(block: Block, x: number, width: number, cost: BlockCost | undefined): Markup {
  const colour = block.kind === "mbconv" ? COLOURS.mbconv : COLOURS.fused;
  const told = [
    `${block.name}: ${block.kind}, ${block.kernelSize}x${block.kernelSize}, stride ${block.stride}`,
    `${block.inChannels} > ${block.expandedChannels} > ${block.outChannels} channels`,
    ...(block.squeezeChannels > 0 ? [`squeeze-and-excitation ${block.squeezeChannels}`] : []),
    ...(cost ? [`${(cost.macs / 1e6).toFixed(2)} million multiply-adds, ${cost.parameters} parameters`] : []),
  ].join("\n");
  const arc = `M ${x + 2} 1 Q ${x + width / 2} -9 ${x + width - 2} 1`;
  return element(
    "g",
    {},
    element("title", {}, escapeText(told)),
    rectangle(x, width, colour),
    block.residual ? element("path", { d: arc, fill: "none", stroke: "currentColor", "stroke-width": 1.5 }) : "",
    inBox(`k${block.kernelSize}`, x * 2 + width, 13),
    inBox(`${block.outChannels}`, x * 2 + width, 27),
  );
}

const rectangle = (x: number, width: number, fill: string) =>
  element("rect", { x, y: 0, width, height: BOX, rx: 4, fill });

/** White on a box, its middle at half of `across`. */
const inBox = (text: string, across: number, y = 21) =>
  label(text, across / 2, y, { "text-anchor": "middle", fill: "#fff", "font-size": 11 });
