import { scaleSpec } from "../scale-spec.js";
import type { StageRow } from "../stage-table.js";
import type { ArchitectureSpec } from "../types.js";
import { skeleton } from "./skeleton.js";
import { variantsOf } from "./variants.js";

// Source: MnasNet paper, figure 7; `mnasnet_models.py` of the released code.
// operator, stride, channels, layers
const A1 = [
  ["MBConv1, k3x3, no skip", 1, 16, 1],
  ["MBConv6, k3x3", 2, 24, 2],
  ["MBConv3, k5x5, SE0.25", 2, 40, 3],
  ["MBConv6, k3x3", 2, 80, 4],
  ["MBConv6, k3x3, SE0.25", 1, 112, 2],
  ["MBConv6, k5x5, SE0.25", 2, 160, 3],
  ["MBConv6, k3x3", 1, 320, 1],
] as const satisfies readonly StageRow[];

const B1 = [
  ["MBConv1, k3x3, no skip", 1, 16, 1],
  ["MBConv3, k3x3", 2, 24, 3],
  ["MBConv3, k5x5", 2, 40, 3],
  ["MBConv6, k5x5", 2, 80, 3],
  ["MBConv6, k3x3", 1, 96, 2],
  ["MBConv6, k5x5", 2, 192, 4],
  ["MBConv6, k3x3, no skip", 1, 320, 1],
] as const satisfies readonly StageRow[];

/** Google's first stage has no shortcut; timm's has one. */
const small = (first: StageRow): readonly StageRow[] => [
  first,
  ["MBConv3, k3x3", 2, 16, 1],
  ["MBConv6, k3x3", 2, 16, 2],
  ["MBConv6, k5x5, SE0.25", 2, 32, 4],
  ["MBConv6, k3x3, SE0.25", 1, 32, 3],
  ["MBConv6, k5x5, SE0.25", 2, 88, 3],
  ["MBConv6, k3x3", 1, 144, 1],
];

/** MnasNet: ReLU and no stochastic depth. */
const mnasSpec = (stemChannels: number, rows: readonly StageRow[], inChannels = stemChannels): ArchitectureSpec => ({
  ...skeleton(stemChannels, rows, inChannels),
  activation: "relu",
  dropPathRate: 0,
});

const a1 = () => mnasSpec(32, A1);
const b1 = () => mnasSpec(32, B1);
// The released table says 16 channels arrive at the first stage; the stem puts out 8.
const smallReleased = () => mnasSpec(8, small(["MBConv1, k3x3, no skip", 1, 8, 1]), 16);
const smallTimm = () => mnasSpec(8, small(["MBConv1, k3x3", 1, 8, 1]));

/** Base, width, dropout. */
const VARIANTS = {
  "mnasnet-a1": [a1, 1.0, 0.2],
  "mnasnet-a1-035": [a1, 0.35, 0.2],
  "mnasnet-a1-050": [a1, 0.5, 0.2],
  "mnasnet-a1-075": [a1, 0.75, 0.2],
  "mnasnet-a1-140": [a1, 1.4, 0.2],
  "mnasnet-b1": [b1, 1.0, 0.2],
  "mnasnet-b1-050": [b1, 0.5, 0.2],
  "mnasnet-b1-075": [b1, 0.75, 0.2],
  "mnasnet-b1-130": [b1, 1.3, 0.2],
  "mnasnet-b1-140": [b1, 1.4, 0.2],
  "mnasnet-small": [smallReleased, 1.0, 0],
  "mnasnet-small-timm": [smallTimm, 1.0, 0],
} as const;

/** The head is never scaled. */
export const mnasNet = /* @__PURE__ */ variantsOf(VARIANTS, (name, [base, widthCoefficient, dropoutRate]) =>
  scaleSpec(base(), { name, widthCoefficient, dropoutRate, keep: { head: true } }),
);
