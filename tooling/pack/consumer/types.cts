import { EfficientNetError, type ErrorCode } from "@efficientnet/errors";
import { type ArchitectureSpec, countParameters, getSpec } from "@efficientnet/specs";

const spec: ArchitectureSpec = getSpec("efficientnet-b0");
export const parameters: number = countParameters(spec).total;
export const code: ErrorCode = new EfficientNetError("aborted", "stopped").code;
// @ts-expect-error a spec is data that nobody changes
spec.name = "other";
// @ts-expect-error not one of the codes
export const wrong: ErrorCode = "not-a-code";
