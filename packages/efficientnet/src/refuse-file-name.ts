import { EfficientNetError } from "@efficientnet/errors";

const LIKE_A_FILE = /^(file:|[./~\\]|[a-z]:[\\/])|\.(safetensors|pth?|bin|h5|keras|tflite|ckpt|index|json)$/i;

/**
 * Passes for what can be the name of a network. A path in its place is the likeliest of all mistakes, and nothing that
 * names of networks have in common with it would help.
 *
 * @throws `unknown-name` saying where files go.
 */
export function refuseFileName(model: string): void {
  if (!LIKE_A_FILE.test(model)) return;
  throw new EfficientNetError("unknown-name", `"${model}" is the name of a file, and not of a network`, {
    expected: "published weights, a library's architecture or a variant",
    hint: `pass it as weights: load({ weights: ${JSON.stringify(model)} })`,
  });
}
