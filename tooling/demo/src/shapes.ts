/**
 * What each class looks like, as a function of a point in the picture's own frame: 1 inside, 0 outside. The frame is
 * rotated, scaled and moved per picture, so a shape is about 1 across and a texture has about 4 periods in it.
 */
export type Coverage = (x: number, y: number) => number;

const inside = (condition: boolean) => (condition ? 1 : 0);
const radius = (x: number, y: number) => Math.hypot(x, y);
const wave = (value: number) => inside(Math.sin(value * 2 * Math.PI) > 0);

/** Distance to the edge of a regular polygon, positive inside. */
function polygon(x: number, y: number, sides: number): number {
  const sector = (2 * Math.PI) / sides;
  const angle = Math.atan2(y, x);
  const nearest = angle - sector * Math.round(angle / sector);
  return 0.4 - radius(x, y) * Math.cos(nearest);
}

function star(x: number, y: number): boolean {
  const angle = Math.atan2(y, x);
  return radius(x, y) < 0.3 + 0.17 * Math.cos(5 * angle);
}

/** Five shapes and five textures, by the name of their class. */
export const SHAPES: Readonly<Record<string, Coverage>> = {
  disc: (x, y) => inside(radius(x, y) < 0.42),
  ring: (x, y) => inside(radius(x, y) < 0.48 && radius(x, y) > 0.3),
  triangle: (x, y) => inside(polygon(x, y, 3) > 0.12),
  cross: (x, y) => inside(Math.min(Math.abs(x), Math.abs(y)) < 0.12 && Math.max(Math.abs(x), Math.abs(y)) < 0.5),
  star: (x, y) => inside(star(x, y)),
  stripes: (x) => wave(x * 4),
  checks: (x, y) => Math.abs(wave(x * 3) - wave(y * 3)),
  dots: (x, y) => inside(radius(((x * 4 + 100) % 1) - 0.5, ((y * 4 + 100) % 1) - 0.5) < 0.3),
  rings: (x, y) => wave(radius(x, y) * 4),
  waves: (x, y) => wave(y * 4 + 0.35 * Math.sin(x * 2 * Math.PI * 2)),
};

export const CLASSES: readonly string[] = Object.keys(SHAPES);
