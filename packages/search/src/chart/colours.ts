/** Colours that stay apart for the colour-blind, on light and dark pages. Source: Okabe and Ito, 2008. */
export const COLOURS = {
  mbconv: "#0072b2",
  fused: "#d55e00",
  front: "#009e73",
  other: "#999999",
  best: "#cc79a7",
} as const;
