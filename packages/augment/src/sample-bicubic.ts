import type { AffineMatrix } from "./affine-matrix.js";
import type { OpaquePicture } from "./opaque-picture.js";
import { clampTo, walkOrigins } from "./walk-origins.js";

/** Between sixteen pixels by the cubic with a = -1 (a resize has -0.5), in doubles, clipped and cut off to whole levels. */
export function sampleBicubic(picture: OpaquePicture, matrix: AffineMatrix, into: Uint8Array): void {
  const { data, width, height, channels } = picture;
  const line = width * channels;
  walkOrigins(picture, matrix, (at, originX, originY) => {
    const x = Math.floor(originX);
    const y = Math.floor(originY);
    const shareX = originX - x;
    const shareY = originY - y;
    const c0 = clampTo(width, x - 1) * channels;
    const c1 = clampTo(width, x) * channels;
    const c2 = clampTo(width, x + 1) * channels;
    const c3 = clampTo(width, x + 2) * channels;
    const r0 = clampTo(height, y - 1) * line;
    const r1 = clampTo(height, y) * line;
    const r2 = clampTo(height, y + 1) * line;
    const r3 = clampTo(height, y + 2) * line;
    for (let i = 0; i < channels; i++) {
      const level = cubic(
        cubic(data[r0 + c0 + i]!, data[r0 + c1 + i]!, data[r0 + c2 + i]!, data[r0 + c3 + i]!, shareX),
        cubic(data[r1 + c0 + i]!, data[r1 + c1 + i]!, data[r1 + c2 + i]!, data[r1 + c3 + i]!, shareX),
        cubic(data[r2 + c0 + i]!, data[r2 + c1 + i]!, data[r2 + c2 + i]!, data[r2 + c3 + i]!, shareX),
        cubic(data[r3 + c0 + i]!, data[r3 + c1 + i]!, data[r3 + c2 + i]!, data[r3 + c3 + i]!, shareX),
        shareY,
      );
      into[at + i] = Math.min(255, Math.max(0, level));
    }
  });
}

/** Horner's form in Pillow's order of operations, on which the last bit depends. */
function cubic(v1: number, v2: number, v3: number, v4: number, share: number): number {
  const p2 = v3 - v1;
  const p3 = 2 * (v1 - v2) + v3 - v4;
  const p4 = v2 - v1 - v3 + v4;
  return v2 + share * (p2 + share * (p3 + share * p4));
}
