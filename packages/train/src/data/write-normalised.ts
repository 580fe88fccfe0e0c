import { normalisationTable, type Picture } from "@efficientnet/preprocess";
import type { PreprocessSpec } from "@efficientnet/specs";

/** A function that writes a picture as model input: grey is repeated, alpha is dropped. */
export function normalisedWriter(spec: PreprocessSpec): (picture: Picture, out: Float32Array) => void {
  const table = normalisationTable(spec);
  const red = table.subarray(0, 256);
  const green = table.subarray(256, 512);
  const blue = table.subarray(512, 768);
  return ({ data, channels }, out) => {
    const [toGreen, toBlue] = channels === 1 ? [0, 0] : [1, 2];
    for (let from = 0, to = 0; to < out.length; from += channels, to += 3) {
      out[to] = red[data[from]!]!;
      out[to + 1] = green[data[from + toGreen]!]!;
      out[to + 2] = blue[data[from + toBlue]!]!;
    }
  };
}
