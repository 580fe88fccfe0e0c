/** A stretch of memory that is needed from one step to another, both included. */
export interface Lifetime {
  readonly size: number;
  readonly firstStep: number;
  readonly lastStep: number;
}

/** Floats; a cache line, so that no two buffers share one. */
const ALIGNMENT = 16;

export interface Placement {
  /** Per buffer, in the order given. */
  readonly offsets: readonly number[];
  readonly arenaSize: number;
}

/**
 * Gives every buffer a place in one arena such that no two that live at the same time overlap: the largest first, each at
 * the lowest place that is free for its whole life.
 *
 * Source: Pisarchyk and Lee 2020, "greedy by size".
 */
export function placeBuffers(buffers: readonly Lifetime[]): Placement {
  const offsets = buffers.map(() => 0);
  const placed: { readonly start: number; readonly end: number; readonly life: Lifetime }[] = [];
  const largestFirst = buffers.map((life, index) => ({ life, index })).sort((a, b) => b.life.size - a.life.size);
  for (const { life, index } of largestFirst) {
    const size = Math.ceil(life.size / ALIGNMENT) * ALIGNMENT;
    let start = 0;
    for (const other of placed) {
      if (!overlap(life, other.life)) continue;
      if (start + size <= other.start) break;
      start = Math.max(start, other.end);
    }
    offsets[index] = start;
    placed.push({ start, end: start + size, life });
    placed.sort((a, b) => a.start - b.start);
  }
  return { offsets, arenaSize: placed.reduce((end, one) => Math.max(end, one.end), 0) };
}

const overlap = (a: Lifetime, b: Lifetime) => a.firstStep <= b.lastStep && b.firstStep <= a.lastStep;
