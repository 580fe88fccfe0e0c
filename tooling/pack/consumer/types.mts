import { EfficientNetError, type ErrorCode } from "@efficientnet/errors";
import { type ArchitectureSpec, countParameters, getSpec } from "@efficientnet/specs";
import { load } from "efficientnet";
import { load as loadInNode } from "efficientnet/node";

const spec: ArchitectureSpec = getSpec("efficientnet-b0");
export const parameters: number = countParameters(spec).trainable;
export const code: ErrorCode = new EfficientNetError("aborted", "stopped").code;
// @ts-expect-error a spec is data that nobody changes
spec.name = "other";
// @ts-expect-error not one of the codes
export const wrong: ErrorCode = "not-a-code";

export async function answers(path: string): Promise<readonly string[]> {
  const network = await loadInNode("efficientnetv2-b0", { weights: { seed: 1 } });
  const predictions = await network.classify(path);
  return predictions.map(({ label }) => label);
}

export async function inPage(path: string): Promise<void> {
  const network = await load(spec, { weights: "weights.safetensors" });
  // @ts-expect-error a page has no files
  await network.classify(path);
}
