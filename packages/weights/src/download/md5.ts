/** Rotation of each step; a round of sixteen repeats its four. Source of the algorithm: RFC 1321. */
const ROTATIONS = Uint8Array.from({ length: 64 }, (_, i) =>
  Number([7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21][(i >> 4) * 4 + (i & 3)]),
);
/** The word of the block that each step reads. */
const WORD_ORDER = Uint8Array.from(
  { length: 64 },
  (_, i) => [i, 5 * i + 1, 3 * i + 5, 7 * i].map((n) => n & 15)[i >> 4]!,
);
const CONSTANTS = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0);
const BLOCK = 64;

/** MD5 as lowercase hex. Keras publishes nothing else for its files, and WebCrypto has no MD5. */
export function md5(bytes: Uint8Array): string {
  const state = Int32Array.of(0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476);
  const words = new Int32Array(BLOCK / 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.byteLength - (bytes.byteLength % BLOCK);
  for (let at = 0; at < whole; at += BLOCK) mixBlock(state, words, view, at);
  const tail = paddedTail(bytes, whole);
  for (let at = 0; at < tail.byteLength; at += BLOCK) mixBlock(state, words, tail, at);
  return [...new Uint8Array(state.buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What is left after the last whole block, a one bit, zeros, and the length in bits. */
function paddedTail(bytes: Uint8Array, from: number): DataView {
  const rest = bytes.byteLength - from;
  const tail = new Uint8Array(rest + 9 <= BLOCK ? BLOCK : 2 * BLOCK);
  tail.set(bytes.subarray(from));
  tail[rest] = 0x80;
  const view = new DataView(tail.buffer);
  view.setBigUint64(tail.byteLength - 8, BigInt(bytes.byteLength) * 8n, true);
  return view;
}

function mixBlock(state: Int32Array, words: Int32Array, view: DataView, at: number): void {
  for (let i = 0; i < 16; i++) words[i] = view.getInt32(at + 4 * i, true);
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  for (let i = 0; i < 64; i++) {
    const sum = (a + mixed(i >> 4, b, c, d) + CONSTANTS[i]! + words[WORD_ORDER[i]!]!) | 0;
    const rotation = ROTATIONS[i]!;
    a = d;
    d = c;
    c = b;
    b = (b + ((sum << rotation) | (sum >>> (32 - rotation)))) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
}

function mixed(round: number, b: number, c: number, d: number): number {
  if (round === 0) return (b & c) | (~b & d);
  if (round === 1) return (d & b) | (~d & c);
  if (round === 2) return b ^ c ^ d;
  return c ^ (b | ~d);
}
