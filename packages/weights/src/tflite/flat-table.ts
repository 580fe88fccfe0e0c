import { EfficientNetError } from "@efficientnet/errors";

/**
 * A table of a FlatBuffer, read field by field; absent fields give their default. Every offset is checked against the
 * buffer before it is followed, and nothing is followed that is not asked for, so that a reader goes no deeper than its
 * own code does.
 */
export class FlatTable {
  private constructor(
    private readonly view: DataView,
    private readonly start: number,
    private readonly fields: number,
    private readonly fieldsEnd: number,
    private readonly size: number,
  ) {}

  /** The table that the first 4 bytes point at. */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return FlatTable.at(view, reference(view, 0));
  }

  private static at(view: DataView, start: number): FlatTable {
    check(view, start, 4);
    const fields = start - view.getInt32(start, true);
    check(view, fields, 4);
    const [fieldsBytes, size] = [view.getUint16(fields, true), view.getUint16(fields + 2, true)];
    check(view, fields, Math.max(4, fieldsBytes));
    check(view, start, size);
    return new FlatTable(view, start, fields, fields + fieldsBytes, size);
  }

  int8(field: number): number {
    const at = this.locate(field, 1);
    return at === null ? 0 : this.view.getInt8(at);
  }

  int32(field: number): number {
    const at = this.locate(field, 4);
    return at === null ? 0 : this.view.getInt32(at, true);
  }

  uint32(field: number): number {
    return this.int32(field) >>> 0;
  }

  table(field: number): FlatTable | null {
    const at = this.locate(field, 4);
    return at === null ? null : FlatTable.at(this.view, reference(this.view, at));
  }

  /** How many tables a vector has, and the table at a place in it. */
  tables(field: number): { readonly length: number; at(index: number): FlatTable } {
    const vector = this.vector(field, 4);
    return {
      length: vector.length,
      at: (index) => {
        if (index < 0 || index >= vector.length) {
          throw new EfficientNetError("wrong-file", `a FlatBuffer refers to element ${index} of ${vector.length}`);
        }
        return FlatTable.at(this.view, reference(this.view, vector.start + 4 * index));
      },
    };
  }

  bytes(field: number): Uint8Array {
    const { start, length } = this.vector(field, 1);
    return new Uint8Array(this.view.buffer, this.view.byteOffset + start, length);
  }

  /** How many elements a vector has; they may still lie outside. */
  count(field: number): number {
    return this.vector(field, 0).length;
  }

  /** A vector of numbers, which may have no more than `limit`. */
  int32s(field: number, limit: number): readonly number[] {
    return this.numbers(field, 4, limit, (at) => this.view.getInt32(at, true));
  }

  float32s(field: number, limit: number): readonly number[] {
    return this.numbers(field, 4, limit, (at) => this.view.getFloat32(at, true));
  }

  int64s(field: number, limit: number): readonly number[] {
    return this.numbers(field, 8, limit, (at) => Number(this.view.getBigInt64(at, true)));
  }

  private numbers(field: number, size: number, limit: number, read: (at: number) => number): readonly number[] {
    const { start, length } = this.vector(field, size);
    if (length > limit) {
      throw new EfficientNetError("wrong-file", `a vector of a FlatBuffer has ${length} elements`, {
        expected: `at most ${limit}`,
      });
    }
    return Array.from({ length }, (_, index) => read(start + size * index));
  }

  private vector(field: number, elementBytes: number): { readonly start: number; readonly length: number } {
    const at = this.locate(field, 4);
    if (at === null) return { start: 0, length: 0 };
    const vector = reference(this.view, at);
    check(this.view, vector, 4);
    const length = this.view.getUint32(vector, true);
    check(this.view, vector + 4, length * elementBytes);
    return { start: vector + 4, length };
  }

  /** Where a field lies, or null when it is absent. */
  private locate(field: number, bytes: number): number | null {
    const entry = this.fields + 4 + 2 * field;
    const offset = entry + 2 <= this.fieldsEnd ? this.view.getUint16(entry, true) : 0;
    if (offset === 0) return null;
    if (offset + bytes > this.size) throw outside(this.start + offset, bytes, this.start + this.size);
    return this.start + offset;
  }
}

/** Offsets point forward from where they stand. */
function reference(view: DataView, at: number): number {
  check(view, at, 4);
  return at + view.getUint32(at, true);
}

function check(view: DataView, start: number, bytes: number): void {
  if (start < 0 || start + bytes > view.byteLength) throw outside(start, bytes, view.byteLength);
}

function outside(start: number, bytes: number, end: number): EfficientNetError {
  return new EfficientNetError("wrong-file", "a FlatBuffer refers to bytes outside of it", {
    expected: `an end at ${end}`,
    received: `${bytes} bytes at ${start}`,
    hint: "the file is damaged or the download incomplete",
  });
}
