import type { Instance } from "./instance.js";

/** What one thread of this machine does at best, in this build. */
export interface MachineSpeed {
  /** Multiply-adds of single floats per second, in registers. */
  readonly macsPerSecond: number;
  /** Bytes per second that are read plus bytes that are written, over memory of the arena's size. */
  readonly bytesPerSecond: number;
}

const ROUNDS = 20_000;
const MACS_PER_ROUND = 12 * 4;
/**
 * How long each is repeated: the best counts, since a disturbance only makes it slower, and it takes a while until the
 * JavaScript engine has compiled a kernel for speed.
 */
const MILLISECONDS = 100;
const FEWEST = 20;

/** Measures with the kernels themselves, in the arena of an instance, whose contents are lost. */
export function measureMachine({ kernels, layout, memory }: Instance, now: () => number): MachineSpeed {
  const { arena } = layout;
  // Sums of 0.5, 0.75, 0.875, ... stay below 1.
  const vector = new Float32Array(memory.buffer, arena, 4).fill(0.5);
  const best = (task: () => void): number => {
    let seconds = Number.POSITIVE_INFINITY;
    const begin = now();
    for (let i = 0; i < FEWEST || now() - begin < MILLISECONDS; i++) {
      const start = now();
      task();
      seconds = Math.min(seconds, (now() - start) / 1000);
    }
    return seconds;
  };
  const half = Math.floor((memory.buffer.byteLength - arena) / 128) * 64;
  // A small arena is swept often enough for a clock that may be coarse.
  const sweeps = Math.max(1, Math.ceil(2 ** 23 / half));
  const compute = best(() => {
    vector.fill(0.5);
    kernels.multiplyAdds(arena, ROUNDS);
  });
  const move = best(() => {
    for (let i = 0; i < sweeps; i++) kernels.sweep(arena, arena + half, half);
  });
  return { macsPerSecond: (ROUNDS * MACS_PER_ROUND) / compute, bytesPerSecond: (sweeps * 2 * half) / move };
}
