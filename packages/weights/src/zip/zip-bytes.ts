import { EfficientNetError, type ErrorDetails } from "@efficientnet/errors";

/** A zip file that breaks the rules of the format. */
export function badZip(fact: string, details?: ErrorDetails): EfficientNetError {
  return new EfficientNetError("wrong-file", fact, details);
}

/** `"archive/data.pkl"` for a message, shortened. */
export function quote(name: string): string {
  return JSON.stringify(name.slice(0, 200));
}

/** Little-endian numbers of the file; reading past its end is a damaged file. */
export interface ZipBytes {
  readonly bytes: Uint8Array;
  u16(at: number): number;
  u32(at: number): number;
  /** @throws `wrong-file` above 2^53. */
  u64(at: number): number;
}

export function zipBytes(bytes: Uint8Array): ZipBytes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const check = (at: number, size: number) => {
    if (at >= 0 && at + size <= bytes.byteLength) return at;
    throw badZip("the zip file ends inside a header", {
      expected: `at least ${at + size} bytes`,
      received: `${bytes.byteLength} bytes`,
      hint: "the download may be incomplete",
    });
  };
  return {
    bytes,
    u16: (at) => view.getUint16(check(at, 2), true),
    u32: (at) => view.getUint32(check(at, 4), true),
    u64(at) {
      const value = Number(view.getBigUint64(check(at, 8), true));
      if (Number.isSafeInteger(value)) return value;
      throw badZip("the zip file states an offset or size beyond 2^53");
    },
  };
}
