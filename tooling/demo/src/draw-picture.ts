import type { Picture } from "@efficientnet/preprocess";
import { drawNormal, type Random, seededRandom } from "@efficientnet/random";
import { type Coverage, SHAPES } from "./shapes.js";

type Colour = readonly [number, number, number];

/**
 * A labelled picture by program: a class's shape or texture under a random rotation, scale, place and pair of colours,
 * over clutter, with noise. The same class, seed and index give the same picture everywhere.
 */
export function drawPicture(name: string, seed: number, index: number, side = 96): Picture {
  const coverage = SHAPES[name];
  if (coverage === undefined) throw new Error(`there is no class ${name}`);
  const random = seededRandom(seed, name, index);
  const frame = randomFrame(random);
  const [ground, ink] = contrastingColours(random);
  const clutter = Array.from({ length: 4 }, () => blob(random));
  const data = new Uint8ClampedArray(side * side * 3);
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [(i % side) / side - 0.5, Math.floor(i / side) / side - 0.5];
    const over = coverage(...frame(x, y)) > 0;
    const spot = clutter.find((each) => each.covers(x, y));
    const colour = over ? ink : (spot?.colour ?? ground);
    data.set(
      colour.map((value) => value + 14 * drawNormal(random)),
      i * 3,
    );
  }
  return { data, width: side, height: side, channels: 3 };
}

function randomFrame(random: Random): (x: number, y: number) => Parameters<Coverage> {
  const angle = random() * 2 * Math.PI;
  const scale = 0.75 + random() * 0.6;
  const [moveX, moveY] = [random() * 0.2 - 0.1, random() * 0.2 - 0.1];
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  return (x, y) => [(x - moveX) * cos - (y - moveY) * sin, (x - moveX) * sin + (y - moveY) * cos];
}

function blob(random: Random) {
  const [x, y, size] = [random() - 0.5, random() - 0.5, 0.04 + random() * 0.06];
  return { colour: randomColour(random), covers: (u: number, v: number) => Math.hypot(u - x, v - y) < size };
}

function randomColour(random: Random): Colour {
  return [random() * 255, random() * 255, random() * 255];
}

function contrastingColours(random: Random): readonly [Colour, Colour] {
  const first = randomColour(random);
  for (;;) {
    const second = randomColour(random);
    const distance = Math.hypot(...first.map((value, i) => value - (second[i] ?? 0)));
    if (distance > 130) return [first, second];
  }
}
