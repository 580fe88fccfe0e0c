// What the host calls. Every address is one of the host's heap.

export { conv, convBackpropFilter, convBackpropInput, convScratch } from "./conv";
export { depthwise, depthwiseBackpropFilter, depthwiseBackpropInput, depthwiseScratch } from "./depthwise";
export { setup } from "./math";
export { normBackward, normForward, normScratch, normStatistics } from "./norm";
export { blend, rmsprop } from "./optimise";
export { segmentSum, sumMiddle } from "./reduce";
export { siluBackward, siluForward } from "./silu";
