/** Foreign names of a convolution and of the batch norm after it. */
export function convNorm(
  canonical: string,
  conv: string,
  norm: string,
): readonly (readonly [canonical: string, foreign: string])[] {
  return [
    [`${canonical}.conv`, conv],
    [`${canonical}.norm`, norm],
  ];
}
