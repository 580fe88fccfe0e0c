import { EfficientNetError, type ErrorDetails } from "@efficientnet/errors";

/** Longest part of a name shown. */
const SHOWN = 120;

/** A file that contradicts the format, or itself. */
export function badHdf5(fact: string, details: ErrorDetails = {}): EfficientNetError {
  return new EfficientNetError("wrong-file", fact, details);
}

/** A valid part of the format that this reader does not serve. */
export function unservedHdf5(what: string): EfficientNetError {
  return new EfficientNetError("unsupported", `the HDF5 file has ${what}, which this version does not read`, {
    hint: "save the weights again with Keras, or copy the file with h5repack",
  });
}

export function quote(name: string): string {
  return JSON.stringify(name.length > SHOWN ? `${name.slice(0, SHOWN)}...` : name);
}
