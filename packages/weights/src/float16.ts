const SCALE = Float64Array.from({ length: 31 }, (_, exponent) => 2 ** (Math.max(exponent, 1) - 25));

/** The value of an IEEE 754 half, exactly. */
export function halfToFloat(half: number): number {
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  const sign = half & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction : fraction + 1024) * (SCALE[exponent] ?? 0);
}

/** The IEEE 754 half nearest to a value, ties to even; beyond 65520 it is infinite. */
export function floatToHalf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return sign | 0x7c00;
  const exponent = Math.max(1, Math.min(30, exponentOf(magnitude)));
  const steps = roundHalfToEven(magnitude / (SCALE[exponent] ?? 1));
  // A fraction that rounds up to 2048 steps carries into the exponent by plain addition; fewer than 1024 is subnormal.
  return sign | (((exponent - 1) << 10) + steps);
}

/** Biased half exponent of a magnitude: 15 for 1. */
function exponentOf(magnitude: number): number {
  const [bits = 0] = new Uint32Array(Float32Array.of(magnitude).buffer);
  return (bits >>> 23) - 112;
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
