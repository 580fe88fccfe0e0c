/**
 * The deterministic fill of the goldens: the same float in any language, from a tensor's name and an index, so that
 * large networks need not be shipped to be compared.
 */

/** 32-bit FNV-1a over the UTF-8 bytes of a name. */
export function fnv1a(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** Uniform in [-1, 1): the finaliser of MurmurHash3 over `fnv1a(name) + index * 0x9E3779B9`. */
export function uniform(name: string, index: number): number {
  return mix(fnv1a(name) + Math.imul(index, 0x9e3779b9)) / 2 ** 31 - 1;
}

/** `scale * uniform(name, i) + offset` for `length` values, rounded to float32. */
export function uniformArray(name: string, length: number, scale = 1, offset = 0): Float32Array {
  const seed = fnv1a(name);
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    values[i] = offset + scale * (mix(seed + Math.imul(i, 0x9e3779b9)) / 2 ** 31 - 1);
  }
  return values;
}

function mix(seed: number): number {
  let x = seed >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
