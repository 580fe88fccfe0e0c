import { EfficientNetError } from "@efficientnet/errors";

/** Walks bytes forward and refuses to leave them. `what` completes "the ... ends too early". */
export class ByteCursor {
  position = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly what: string,
  ) {}

  get done(): boolean {
    return this.position >= this.bytes.length;
  }

  /** The next bytes, as a view. */
  take(length: number): Uint8Array {
    if (length > this.bytes.length - this.position) {
      throw new EfficientNetError("wrong-file", `the ${this.what} ends too early`, {
        expected: `${length} bytes at ${this.position}`,
        received: `${this.bytes.length - this.position} bytes`,
        hint: "the file is damaged or the download incomplete",
      });
    }
    this.position += length;
    return this.bytes.subarray(this.position - length, this.position);
  }

  /** 4 bytes, little-endian. */
  uint32(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.take(4);
    return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
  }

  /** An unsigned LEB128 number; those beyond 2^53 mean damage here, since they count bytes or elements. */
  varint(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 63; scale *= 128) {
      const [byte = 0] = this.take(1);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80 && Number.isSafeInteger(value)) return value;
      if (byte < 0x80) break;
    }
    throw new EfficientNetError("wrong-file", `the ${this.what} holds a number that is too large`, {
      expected: "at most 2^53 - 1",
      hint: "the file is damaged",
    });
  }
}
