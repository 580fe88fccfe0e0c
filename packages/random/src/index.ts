export { drawBetween, drawChance, drawIndex, drawNormal, drawOne, drawWhole, shuffle } from "./draw.js";
export { type Random, type Seed, seededRandom } from "./seeded-random.js";
