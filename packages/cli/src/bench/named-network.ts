import { EfficientNetError } from "@efficientnet/errors";
import type { SizedNetwork } from "@efficientnet/search";
import { resolveModel } from "efficientnet/node";
import { isSpecFile, readSpec } from "../files/read-spec.js";

/**
 * A network by name or spec file, at its usual size or at that after an `@`: `efficientnet-b0@128`, `best.json@64`.
 *
 * @throws `unknown-name`, `wrong-file`; `invalid-argument` for a size that is none.
 */
export async function namedNetwork(text: string, imageSize?: number): Promise<SizedNetwork> {
  const [, name = text, size] = /^(.+)@([^@/]*)$/.exec(text) ?? [];
  const { spec, preprocess } = await resolveModel(isSpecFile(name) ? await readSpec(name) : name, null);
  return { spec, imageSize: size === undefined ? (imageSize ?? preprocess.size) : sideOf(text, size) };
}

function sideOf(text: string, size: string): number {
  const side = Number(size);
  if (/^\d+$/.test(size) && side > 0) return side;
  throw new EfficientNetError("invalid-argument", `${text} asks for a size of "${size}"`, {
    expected: "pixels after the @, such as efficientnet-b0@128",
  });
}
