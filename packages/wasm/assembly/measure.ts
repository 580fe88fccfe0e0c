// What the machine can do at best, for those who ask how far a kernel is from it.

import { madd } from "./math";

/** Multiply-adds in vectors of four, twelve per round and all in registers; `at` has room for a vector. */
export function multiplyAdds(at: usize, rounds: i32): void {
  const a = v128.load(at);
  let s0 = a, s1 = a, s2 = a, s3 = a, s4 = a, s5 = a, s6 = a, s7 = a, s8 = a, s9 = a, s10 = a, s11 = a;
  // Each waits only for itself: twelve are enough to keep every unit busy, and leave registers for the two operands.
  do {
    s0 = madd(s0, a, a);
    s1 = madd(s1, a, a);
    s2 = madd(s2, a, a);
    s3 = madd(s3, a, a);
    s4 = madd(s4, a, a);
    s5 = madd(s5, a, a);
    s6 = madd(s6, a, a);
    s7 = madd(s7, a, a);
    s8 = madd(s8, a, a);
    s9 = madd(s9, a, a);
    s10 = madd(s10, a, a);
    s11 = madd(s11, a, a);
  } while (--rounds);
  const sums = f32x4.add(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)), f32x4.add(f32x4.add(s4, s5), f32x4.add(s6, s7)));
  v128.store(at, f32x4.add(sums, f32x4.add(f32x4.add(s8, s9), f32x4.add(s10, s11))));
}

/** Reads `bytes` from `from`, a multiple of 64, and writes as many to `to`. */
export function sweep(from: usize, to: usize, bytes: usize): void {
  const end = from + bytes;
  do {
    const a = v128.load(from), b = v128.load(from, 16), c = v128.load(from, 32), d = v128.load(from, 48);
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
    from += 64;
    to += 64;
  } while (from < end);
}
