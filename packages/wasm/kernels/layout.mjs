/** The words of a step as the kernels read them, in order; each is 4 bytes. Pointers are byte addresses, 0 for none. */
export const STEP_FIELDS = /** @type {const} */ ([
  "kind",
  "input",
  "output",
  "kernel",
  "bias",
  "inHeight",
  "inWidth",
  "inChannels",
  "outHeight",
  "outWidth",
  "outChannels",
  "kernelSize",
  "stride",
  "padTop",
  "padLeft",
  "activation",
  "residual",
  "gate",
  "sums",
  "border",
  "scale",
  "squeezed",
  "expandKernel",
  "expandBias",
  "tilesPerBlock",
]);

export const STEP_KINDS = /** @type {const} */ (["conv", "depthwise", "squeeze", "pool", "winograd"]);

export const ACTIVATIONS = /** @type {const} */ (["none", "silu", "relu", "relu6", "hard-swish", "mish", "sigmoid"]);

/** Words at the start of the memory, each on a cache line of its own. */
export const CONTROL = /** @type {const} */ ({
  go: 0,
  arrived: 64,
  phase: 128,
  waiting: 192,
  stop: 4,
  batch: 8,
  steps: 12,
  count: 16,
  pause: 20,
  pauseLeft: 24,
  longWaits: 28,
  sleeps: 32,
});

/** Bytes before the steps: the control words and the kernels' constants. */
export const RESERVED_BYTES = 1024;

/** Rows of the tallest tile of the matrix product. */
export const TILE_ROWS = 4;

/** @type {(name: string) => string} */
const constantCase = (name) =>
  name
    .replace(/([A-Z])/g, "_$1")
    .replace(/-/g, "_")
    .toUpperCase();

/** The same numbers for the kernels. */
export function layoutSource() {
  return [
    ...STEP_FIELDS.map((name, i) => `export const STEP_${constantCase(name)}: usize = ${4 * i};`),
    `export const STEP_BYTES: usize = ${4 * STEP_FIELDS.length};`,
    ...STEP_KINDS.map((name, i) => `export const KIND_${constantCase(name)}: i32 = ${i};`),
    ...ACTIVATIONS.map((name, i) => `export const ACTIVATION_${constantCase(name)}: i32 = ${i};`),
    ...Object.entries(CONTROL).map(([name, at]) => `export const CONTROL_${constantCase(name)}: usize = ${at};`),
  ].join("\n");
}
