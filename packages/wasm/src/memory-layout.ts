import { EfficientNetError } from "@efficientnet/errors";
import type { Plan, PlanStep } from "@efficientnet/plan";
import { RESERVED_BYTES, STEP_FIELDS, TILE_ROWS } from "./kernels.generated.js";
import { GATES, PANEL, roundUp } from "./pack-weights.js";
import { type PackedConstant, packedConstants, sizeOf } from "./packed-constants.js";
import { suitsWinograd, winogradBlock } from "./winograd.js";

const PAGE = 65536;
const LARGEST_BYTES = 65536 * PAGE;
const CACHE_LINE = 64;

/** What a block of rows and their outputs may take: it should stay in the first-level cache. */
const BLOCK_BYTES = 24 * 1024;
/**
 * A block reads all weights once, so there should be several tiles to share them; with more, outputs are written in more
 * rows at a time than the machine can foresee.
 */
const FEWEST_TILES = 2;

/** Where everything stands in one memory, in bytes. */
export interface MemoryLayout {
  readonly steps: number;
  readonly constants: readonly (PackedConstant & { readonly at: number })[];
  /** One per thread. */
  readonly scratch: readonly number[];
  readonly arena: number;
  readonly pages: number;
  /** Per step, the tiles that a thread takes together. */
  readonly tilesPerBlock: readonly number[];
}

/**
 * Lays out reserved words, steps, constants, scratch and arena, in that order.
 *
 * @throws `backend-failed` when that is more than a WebAssembly memory can hold.
 */
export function layOutMemory(plan: Plan, threads: number): MemoryLayout {
  let end = RESERVED_BYTES;
  const reserve = (bytes: number) => {
    const at = roundUp(end, CACHE_LINE);
    end = at + bytes;
    return at;
  };
  const steps = reserve(plan.steps.length * STEP_FIELDS.length * 4);
  const constants = packedConstants(plan).map((packed) => ({ ...packed, at: reserve(packed.size * 4) }));
  const blocks = plan.steps.map((step) => blockOf(plan, step));
  const scratchBytes = Math.max(...blocks.map(({ scratch }) => scratch));
  const scratch = Array.from({ length: threads }, () => reserve(scratchBytes));
  const arena = reserve(plan.arenaSize * 4);
  if (end > LARGEST_BYTES) {
    const gigabytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(2)} GiB`;
    throw new EfficientNetError(
      "backend-failed",
      `${plan.name} at batch ${plan.batch} needs ${gigabytes(end)} of memory`,
      {
        expected: `at most ${gigabytes(LARGEST_BYTES)}, the most that WebAssembly can address`,
        received: `${gigabytes(arena - steps)} of weights and scratch, ${gigabytes(end - arena)} of maps`,
        hint: "compile the plan for a smaller batch or input",
      },
    );
  }
  const tilesPerBlock = blocks.map(({ tiles }) => tiles);
  return { steps, constants, scratch, arena, pages: Math.ceil(end / PAGE), tilesPerBlock };
}

/** How many tiles a step takes together, and the scratch bytes that one thread needs for it. */
function blockOf(plan: Plan, step: PlanStep): { readonly tiles: number; readonly scratch: number } {
  const channels = (buffer: number) => plan.buffers[buffer]?.channels ?? 0;
  switch (step.kind) {
    case "conv":
    case "dense": {
      if (step.kind === "conv" && suitsWinograd(plan, step)) return winogradBlock(step.stride, channels(step.input));
      const taps = step.kind === "conv" ? step.kernelSize ** 2 : 1;
      const k = roundUp(taps * channels(step.input), 4);
      const n = channels(step.output);
      const tiles = Math.max(FEWEST_TILES, Math.floor(BLOCK_BYTES / (4 * (k + n) * TILE_ROWS)));
      return { tiles, scratch: 4 * tiles * TILE_ROWS * (PANEL + k) };
    }
    case "squeeze": {
      const squeezed = sizeOf(plan, step.reduceBias);
      return { tiles: 0, scratch: 4 * (roundUp(channels(step.input), 4) + roundUp(squeezed, 4) + GATES) };
    }
    case "depthwise":
    case "pool":
      return { tiles: 0, scratch: 0 };
  }
}
