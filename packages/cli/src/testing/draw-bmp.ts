import { drawBmp } from "@efficientnet-tooling/testing";

export { drawBmp };

/** Three pictures that no network takes for one another. */
export const stripes = (): Uint8Array => drawBmp(24, (x) => (x % 8 < 4 ? [250, 30, 20] : [10, 10, 40]));
export const checks = (): Uint8Array => drawBmp(24, (x, y) => ((x ^ y) & 4 ? [20, 240, 60] : [240, 240, 240]));
export const slope = (): Uint8Array => drawBmp(24, (x, y) => [x * 2, y * 3, 250 - x * 4]);
