import { EfficientNetError, formatShape } from "@efficientnet/errors";
import { BYTES_PER_ELEMENT } from "../dtype.js";
import { elementCount } from "../element-count.js";
import { floatsToHalves } from "../float16.js";
import { LENGTH_BYTES } from "./read-safetensors.js";

/** An array to be written: float32 values, row-major. */
export interface TensorValues {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface WriteSafetensorsOptions {
  /** Free text pairs for the header. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Element type on disk; default F32. F16 halves the file and rounds to 11 significant bits. */
  readonly dtype?: "F32" | "F16";
}

/**
 * Writes a safetensors file, tensors in the order given, data on an 8-byte boundary.
 *
 * @throws `invalid-argument` for a name given twice, values that do not fill their shape, or a value beyond F16.
 */
export function writeSafetensors(
  tensors: Iterable<readonly [string, TensorValues]>,
  { metadata, dtype = "F32" }: WriteSafetensorsOptions = {},
): Uint8Array {
  const list = [...tensors];
  const header = new Map<string, unknown>(metadata === undefined ? [] : [["__metadata__", metadata]]);
  let dataBytes = 0;
  for (const [name, tensor] of list) {
    checkTensor(name, tensor, header);
    const end = dataBytes + tensor.values.length * BYTES_PER_ELEMENT[dtype];
    header.set(name, { dtype, shape: tensor.shape, data_offsets: [dataBytes, end] });
    dataBytes = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const headerBytes = Math.ceil(json.byteLength / 8) * 8;
  const file = new Uint8Array(LENGTH_BYTES + headerBytes + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerBytes);
  file.set(json, LENGTH_BYTES);
  let offset = LENGTH_BYTES + headerBytes;
  for (const [name, { values }] of list) {
    if (dtype === "F32") new Float32Array(file.buffer, offset, values.length).set(values);
    else new Uint16Array(file.buffer, offset, values.length).set(toHalves(name, values));
    offset += values.length * BYTES_PER_ELEMENT[dtype];
  }
  return file;
}

function checkTensor(name: string, { shape, values }: TensorValues, header: ReadonlyMap<string, unknown>): void {
  if (name === "__metadata__" || header.has(name)) {
    throw new EfficientNetError("invalid-argument", `tensor name ${JSON.stringify(name)} is taken`);
  }
  if (elementCount(shape) !== values.length) {
    throw new EfficientNetError("invalid-argument", `tensor ${JSON.stringify(name)} does not fill its shape`, {
      expected: formatShape(shape),
      received: `${values.length} values`,
    });
  }
}

function toHalves(name: string, values: Float32Array): Uint16Array {
  const overflow = values.findIndex((value) => Number.isFinite(value) && Math.abs(value) >= 65520);
  if (overflow >= 0) {
    throw new EfficientNetError("invalid-argument", `tensor ${JSON.stringify(name)} holds ${values[overflow]}`, {
      expected: "magnitudes below 65520 for F16",
      hint: "write F32",
    });
  }
  return floatsToHalves(values);
}
