import { EfficientNetError } from "@efficientnet/errors";

/** The smallest module there is: the magic number and the version. */
const EMPTY_MODULE = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
/** How Chromium, Firefox and Safari say it. */
const POLICY = /content.security.policy|\bCSP\b|unsafe-eval/i;

/**
 * Compiles a binary that is valid here.
 *
 * @throws `no-backend` where the page's Content-Security-Policy refuses it; `backend-failed` for any other reason.
 */
export async function compileKernels(binary: BufferSource): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(binary);
  } catch (cause) {
    const received = cause instanceof Error ? cause.message : String(cause);
    if (!POLICY.test(received)) {
      throw new EfficientNetError("backend-failed", "the kernels could not be compiled", { received, cause });
    }
    throw new EfficientNetError("no-backend", "the Content-Security-Policy does not allow WebAssembly", {
      hint: "add 'wasm-unsafe-eval' to its script-src",
      cause,
    });
  }
}

/** Compiles nothing, which throws as compiling the kernels would: `WebAssembly.validate` asks no policy. */
export async function tryCompiling(): Promise<void> {
  await compileKernels(EMPTY_MODULE);
}
