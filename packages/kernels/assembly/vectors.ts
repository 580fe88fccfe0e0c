// Four values at a time over arrays whose length is no multiple of four.

/** The next `lanes` values, 1 to 4, zeros after them; nothing beyond them is read. */
// @ts-ignore: decorator
@inline
export function loadLanes(from: usize, lanes: i32): v128 {
  return lanes >= 4 ? v128.load(from) : loadFew(from, lanes);
}

// @ts-ignore: decorator
@inline
export function storeLanes(to: usize, value: v128, lanes: i32): void {
  if (lanes >= 4) v128.store(to, value);
  else storeFew(to, value, lanes);
}

function loadFew(from: usize, lanes: i32): v128 {
  let value = v128.load32_zero(from);
  if (lanes > 1) value = v128.load_lane<f32>(from, value, 1, 4);
  if (lanes > 2) value = v128.load_lane<f32>(from, value, 2, 8);
  return value;
}

function storeFew(to: usize, value: v128, lanes: i32): void {
  v128.store_lane<f32>(to, value, 0);
  if (lanes > 1) v128.store_lane<f32>(to, value, 1, 4);
  if (lanes > 2) v128.store_lane<f32>(to, value, 2, 8);
}

/** Bytes of one value per channel, filled up to whole vectors. */
// @ts-ignore: decorator
@inline
export function channelBytes(channels: i32): usize {
  return <usize>((channels + 3) & ~3) << 2;
}

/** Copies one value per channel to where whole vectors may be read, zeros after them. */
export function widen(from: usize, channels: i32, to: usize): void {
  for (let c = 0; c < channels; c += 4, from += 16, to += 16) v128.store(to, loadLanes(from, channels - c));
}
