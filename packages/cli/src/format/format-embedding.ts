import { printable } from "./printable.js";

/** One line of JSON. Nine digits are enough to read back the very same float32. */
export function formatEmbeddingJson(file: string, embedding: Float32Array): string {
  return JSON.stringify({ file, embedding: Array.from(embedding, (value) => Number(value.toPrecision(9))) });
}

/** One line for people: how long, and its first values. */
export function formatEmbedding(file: string, embedding: Float32Array): string {
  const norm = Math.sqrt(embedding.reduce((sum, value) => sum + value * value, 0));
  const first = Array.from(embedding.subarray(0, 4), (value) => value.toFixed(4)).join(", ");
  return `${printable(file)}  ${embedding.length} values, length ${norm.toFixed(4)}: ${first}, ...`;
}
