import { EfficientNetError } from "@efficientnet/errors";

/** Longest string of a pickle; names of tensors have at most a few hundred characters. */
const MAX_STRING_BYTES = 1 << 20;

/** A place in bytes that moves forward and never past their end. */
export interface ByteReader {
  /** Offset of the next byte. */
  position(): number;
  u8(): number;
  u16(): number;
  i32(): number;
  u32(): number;
  /** @throws `wrong-file` above 2^53. */
  u64(): number;
  /** Big-endian, as pickles write floats. */
  f64(): number;
  take(length: number): Uint8Array;
  /** Text of a stated length. */
  text(length: number, encoding: "utf-8" | "latin1"): string;
  /** Text up to the next line feed, which is consumed. */
  line(): string;
}

export function byteReader(bytes: Uint8Array, start = 0): ByteReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let position = start;
  const advance = (length: number) => {
    if (length > bytes.byteLength - position) {
      throw new EfficientNetError("wrong-file", "the PyTorch file ends too early", {
        expected: `at least ${position + length} bytes`,
        received: `${bytes.byteLength} bytes`,
        hint: "the download may be incomplete",
      });
    }
    position += length;
    return position - length;
  };
  const take = (length: number) => {
    const from = advance(length);
    return bytes.subarray(from, from + length);
  };
  const text = (length: number, encoding: "utf-8" | "latin1") => {
    if (length > MAX_STRING_BYTES) {
      throw new EfficientNetError("wrong-file", `the pickle has a string of ${length} bytes`, {
        expected: `at most ${MAX_STRING_BYTES}`,
      });
    }
    return decode(take(length), encoding);
  };
  return {
    position: () => position,
    u8: () => view.getUint8(advance(1)),
    u16: () => view.getUint16(advance(2), true),
    i32: () => view.getInt32(advance(4), true),
    u32: () => view.getUint32(advance(4), true),
    u64() {
      const value = Number(view.getBigUint64(advance(8), true));
      if (Number.isSafeInteger(value)) return value;
      throw new EfficientNetError("wrong-file", "the PyTorch file states a length beyond 2^53");
    },
    f64: () => view.getFloat64(advance(8)),
    take,
    text,
    line() {
      const end = bytes.indexOf(0x0a, position);
      const line = text((end < 0 ? bytes.byteLength : end) - position, "utf-8");
      advance(1);
      return line;
    },
  };
}

function decode(bytes: Uint8Array, encoding: "utf-8" | "latin1"): string {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new EfficientNetError("wrong-file", "the pickle has a string that is not UTF-8", { cause });
  }
}
