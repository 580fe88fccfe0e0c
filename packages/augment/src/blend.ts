import type { OpaquePicture } from "./opaque-picture.js";

const { fround } = Math;

/**
 * `from + factor * (to - from)`: 0 gives `from`, 1 gives `to`, beyond 1 exaggerates and clips.
 * In float32 and cut off to whole levels, as Pillow's Blend.c computes it.
 */
export function blend(from: OpaquePicture, to: OpaquePicture, factor: number): OpaquePicture {
  const alpha = fround(factor);
  if (alpha === 0) return from;
  if (alpha === 1) return to;
  const data = new Uint8Array(to.data.length);
  for (let i = 0; i < data.length; i++) {
    const start = from.data[i]!;
    const level = fround(start + fround(alpha * (to.data[i]! - start)));
    data[i] = Math.min(255, Math.max(0, level));
  }
  return { ...to, data };
}
