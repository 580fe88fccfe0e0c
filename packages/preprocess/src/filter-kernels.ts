/** A resampling kernel: zero beyond `radius`, symmetric, in units of source pixels at scale 1. */
export interface FilterKernel {
  readonly radius: number;
  readonly at: (x: number) => number;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI));

/** Box of width 1; one end belongs to it, so that neighbouring boxes share no pixel. */
export const box: FilterKernel = { radius: 0.5, at: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) };

export const triangle: FilterKernel = { radius: 1, at: (x) => Math.max(0, 1 - Math.abs(x)) };

/** Keys' cubic with a = -0.5 (Keys 1981, "Cubic convolution interpolation"), which both Pillow and TensorFlow v2 use. */
export const keysCubic: FilterKernel = {
  radius: 2,
  at: (signed) => {
    const x = Math.abs(signed);
    if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
    return x < 2 ? -0.5 * (((x - 5) * x + 8) * x - 4) : 0;
  },
};

export const lanczos3: FilterKernel = { radius: 3, at: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) };
