import { inflateSync } from "fflate";
import type { CentralEntry } from "./central-directory.js";
import { crc32 } from "./crc32.js";
import type { ZipEntry } from "./read-zip.js";
import { badZip, quote } from "./zip-bytes.js";

/** An entry over its bytes in the file. */
export function openEntry(data: Uint8Array, { name, method, size, crc }: CentralEntry): ZipEntry {
  let checked = false;
  return {
    size,
    read() {
      const bytes = method === "stored" ? data : inflate(name, data, size);
      if (!checked && crc32(bytes) !== crc) {
        throw badZip(`zip entry ${quote(name)} does not have the checksum that the file states`, {
          hint: "the file is damaged; fetch it again",
        });
      }
      checked = true;
      return bytes;
    },
  };
}

/** One byte more than the entry may have, so that a longer one shows. */
function inflate(name: string, data: Uint8Array, size: number): Uint8Array {
  const inflated = inflateInto(name, data, new Uint8Array(size + 1));
  if (inflated.byteLength === size) return inflated;
  throw badZip(`zip entry ${quote(name)} inflates to another size than the file states`, {
    expected: `${size} bytes`,
    received: inflated.byteLength > size ? "more" : `${inflated.byteLength} bytes`,
  });
}

function inflateInto(name: string, data: Uint8Array, out: Uint8Array): Uint8Array {
  if (data.byteLength === 0) throw badZip(`zip entry ${quote(name)} is deflated to nothing`);
  try {
    return inflateSync(data, { out });
  } catch (cause) {
    throw badZip(`zip entry ${quote(name)} cannot be inflated`, { cause, hint: "the file is damaged; fetch it again" });
  }
}
