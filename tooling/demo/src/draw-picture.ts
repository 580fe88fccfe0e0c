import type { Picture } from "@efficientnet/preprocess";
import { drawNormal, type Random, seededRandom } from "@efficientnet/random";
import { type Coverage, SHAPES } from "./shapes.js";

type Colour = readonly [number, number, number];

/** Distance of two colours below which a shape cannot be told from its ground, noise and all. */
const LEAST_CONTRAST = 90;

/**
 * A labelled picture by program: a class's shape or texture under a random rotation, scale, place and pair of colours,
 * on a shaded ground, over clutter and partly behind a bar, with noise. The same class, seed and index give the same
 * picture everywhere.
 */
export function drawPicture(name: string, seed: number, index: number, side = 64): Picture {
  const coverage = SHAPES[name];
  if (coverage === undefined) throw new Error(`there is no class ${name}`);
  const random = seededRandom(seed, name, index);
  const frame = randomFrame(random);
  const [ground, ink] = contrastingColours(random);
  const shade = randomShade(random);
  const clutter = Array.from({ length: 2 + Math.floor(random() * 4) }, () => blob(random));
  const bar = occluder(random);
  const noise = 6 + random() * 14;
  const data = new Uint8ClampedArray(side * side * 3);
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [((i % side) + 0.5) / side - 0.5, (Math.floor(i / side) + 0.5) / side - 0.5];
    const colour = colourAt(x, y);
    const light = shade(x, y);
    for (let channel = 0; channel < 3; channel++) {
      data[3 * i + channel] = (colour[channel] ?? 0) + light + noise * drawNormal(random);
    }
  }
  return { data, width: side, height: side, channels: 3 };

  function colourAt(x: number, y: number): Colour {
    if (bar.covers(x, y)) return bar.colour;
    if ((coverage?.(...frame(x, y)) ?? 0) > 0) return ink;
    return clutter.find((spot) => spot.covers(x, y))?.colour ?? ground;
  }
}

function randomFrame(random: Random): (x: number, y: number) => Parameters<Coverage> {
  const angle = random() * 2 * Math.PI;
  const scale = 0.7 + random() * 0.6;
  const [moveX, moveY] = [random() * 0.24 - 0.12, random() * 0.24 - 0.12];
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  return (x, y) => [(x - moveX) * cos - (y - moveY) * sin, (x - moveX) * sin + (y - moveY) * cos];
}

/** A light from one side, up to 40 levels across the picture. */
function randomShade(random: Random): (x: number, y: number) => number {
  const [angle, strength] = [random() * 2 * Math.PI, random() * 40];
  const [cos, sin] = [Math.cos(angle) * strength, Math.sin(angle) * strength];
  return (x, y) => x * cos + y * sin;
}

function blob(random: Random) {
  const [x, y, size] = [random() - 0.5, random() - 0.5, 0.04 + random() * 0.07];
  return { colour: randomColour(random), covers: (u: number, v: number) => Math.hypot(u - x, v - y) < size };
}

/** A bar across the picture, in half of them; up to an eighth as wide as the picture. */
function occluder(random: Random) {
  const [angle, offset, half] = [random() * Math.PI, random() * 0.8 - 0.4, 0.02 + random() * 0.045];
  const isThere = random() < 0.5;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return {
    colour: randomColour(random),
    covers: (x: number, y: number) => isThere && Math.abs(x * cos + y * sin - offset) < half,
  };
}

function randomColour(random: Random): Colour {
  return [random() * 255, random() * 255, random() * 255];
}

function contrastingColours(random: Random): readonly [Colour, Colour] {
  const first = randomColour(random);
  for (;;) {
    const second = randomColour(random);
    const distance = Math.hypot(...first.map((value, i) => value - (second[i] ?? 0)));
    if (distance > LEAST_CONTRAST) return [first, second];
  }
}
