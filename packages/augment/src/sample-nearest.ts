import type { AffineMatrix } from "./affine-matrix.js";
import type { OpaquePicture } from "./opaque-picture.js";

/**
 * Nearest pixel, origins found by adding one step per pixel. Pillow adds in 16.16 fixed point, unless the matrix
 * neither turns nor slants or the picture is too large for that; then in doubles.
 */
export function sampleNearest(picture: OpaquePicture, matrix: AffineMatrix, into: Uint8Array): void {
  const { data, width, height, channels } = picture;
  const [a, b, c, d, e, f] = matrix;
  const isFixed = !(b === 0 && d === 0) && fitsFixedPoint(picture, matrix);
  const one = isFixed ? 65536 : 1;
  const scaled = (value: number): number => (isFixed ? Math.floor(value * 65536 + 0.5) : value);
  const [right, down] = [
    { x: scaled(a), y: scaled(d) },
    { x: scaled(b), y: scaled(e) },
  ];
  let lineX = scaled(c + a * 0.5 + b * 0.5);
  let lineY = scaled(f + d * 0.5 + e * 0.5);
  let at = 0;
  for (let line = 0; line < height; line++) {
    let [x, y] = [lineX, lineY];
    for (let column = 0; column < width; column++, at += channels) {
      const fromX = Math.floor(x / one);
      const fromY = Math.floor(y / one);
      if (fromX >= 0 && fromX < width && fromY >= 0 && fromY < height) {
        const from = (fromY * width + fromX) * channels;
        for (let channel = 0; channel < channels; channel++) into[at + channel] = data[from + channel]!;
      }
      x += right.x;
      y += right.y;
    }
    lineX += down.x;
    lineY += down.y;
  }
}

/** Whether all four corners come from less than 32768 pixels away. */
function fitsFixedPoint({ width, height }: OpaquePicture, [a, b, c, d, e, f]: AffineMatrix): boolean {
  return [0, width].every((x) =>
    [0, height].every((y) => Math.abs(x * a + y * b + c) < 32768 && Math.abs(x * d + y * e + f) < 32768),
  );
}
