/** 2^-24, the smallest subnormal half, to 2^5, the step of the largest halves, by biased exponent. */
const STEP = /* @__PURE__ */ Float64Array.from({ length: 31 }, (_, exponent) => 2 ** (Math.max(exponent, 1) - 25));

/** The value of an IEEE 754 half, exactly. */
export function halfToFloat(half: number): number {
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  const sign = half & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction : fraction + 1024) * (STEP[exponent] ?? 0);
}

/** The halves nearest to float32 values, ties to even; from 65520 on they are infinite. */
export function floatsToHalves(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < halves.length; i++) halves[i] = nearestHalf(bits[i] ?? 0);
  return halves;
}

/** On the bits of a float32: drop the last bits of its fraction, after adding what carries when they round up. */
function nearestHalf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return 0x7e00;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude >= 0x38800000) return sign | shiftToEven(magnitude - 0x38000000, 13);
  const shift = 126 - (magnitude >>> 23);
  return shift > 24 ? sign : sign | shiftToEven((magnitude & 0x7fffff) | 0x800000, shift);
}

function shiftToEven(value: number, shift: number): number {
  return (value + (1 << (shift - 1)) - 1 + ((value >>> shift) & 1)) >>> shift;
}
