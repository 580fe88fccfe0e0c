import { EfficientNetError } from "@efficientnet/errors";

/** Bytes as they arrive, in one block that grows. */
export class ByteSink {
  #block = new Uint8Array();
  #length = 0;

  constructor(readonly maxBytes: number) {}

  get length(): number {
    return this.#length;
  }

  /** Makes room for a file of a known length, so that it is not copied while it grows. */
  reserve(bytes: number): void {
    if (bytes > this.maxBytes) throw this.#tooLarge(bytes);
    if (bytes > this.#block.byteLength) this.#grow(bytes);
  }

  append(chunk: Uint8Array): void {
    const needed = this.#length + chunk.byteLength;
    if (needed > this.maxBytes) throw this.#tooLarge(needed);
    if (needed > this.#block.byteLength) this.#grow(Math.min(Math.max(needed, 2 * this.#length, 65536), this.maxBytes));
    this.#block.set(chunk, this.#length);
    this.#length = needed;
  }

  reset(): void {
    this.#length = 0;
  }

  /** All that came, without the room that was not used. */
  bytes(): Uint8Array {
    return this.#length === this.#block.byteLength ? this.#block : this.#block.slice(0, this.#length);
  }

  #grow(to: number): void {
    let block: Uint8Array<ArrayBuffer>;
    try {
      block = new Uint8Array(to);
    } catch (cause) {
      throw new EfficientNetError("unsupported", `there is no memory for a file of ${to} bytes`, { cause });
    }
    block.set(this.#block.subarray(0, this.#length));
    this.#block = block;
  }

  #tooLarge(bytes: number): EfficientNetError {
    return new EfficientNetError("unsupported", "the file is larger than is allowed", {
      expected: `at most ${this.maxBytes} bytes`,
      received: `${bytes} bytes or more`,
      hint: "raise maxBytes",
    });
  }
}
