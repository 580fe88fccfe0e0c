/** `stem.conv` of `stem.conv.kernel`: a tensor name without its last part. */
export function layerOf(name: string): string {
  return name.slice(0, name.lastIndexOf("."));
}
