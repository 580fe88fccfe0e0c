import { EfficientNetError } from "@efficientnet/errors";
import * as tf from "@tensorflow/tfjs-core";
import type { BackendName } from "./backend-name.js";
import type { BackendDetails } from "./capability.js";
import type { FailureWatch } from "./failure-watch.js";
import { makeActive } from "./make-active.js";
import { type CompileAhead, compilation, type WarmUp, warmUp } from "./warm-up.js";

/** A backend that is initialised and active in tfjs. */
export interface PreparedBackend<Name extends BackendName = BackendName> {
  readonly name: Name;
  /**
   * One line for people, such as `wasm, SIMD, 1 thread (tfjs 4.22 switches threads off in Node)`; of several that were
   * tried, also why the ones before it do not run.
   */
  readonly description: string;
  readonly detail: BackendDetails[Name];
  /**
   * Throws what the device reported out of band since the last look.
   *
   * @throws `backend-failed` with the device's message; `disposed` after {@link PreparedBackend.dispose}.
   */
  check(): void;
  /**
   * Makes this backend the active one, runs `run`, waits until the device has reported, and returns what `run` returned.
   * Tensors in a result that is not returned are disposed. Await `tensor.data()` inside; `dataSync` fails on webgpu.
   * Guards of several backends may overlap, but after an `await` in `run` another may be the active one.
   *
   * @throws `backend-failed` with the device's message instead of returning zeros; what `run` throws as it is.
   */
  guard<T>(run: () => T | Promise<T>): Promise<T>;
  /**
   * Asks beforehand whether one tensor of that many bytes can exist here.
   *
   * @throws `backend-failed` naming the size and the limit.
   */
  assertFits(bytes: number, what?: string): void;
  /**
   * Compiles what `run` needs, all programs at once where the backend can, then runs it once. `run` is synchronous and
   * returns a tensor, which is disposed. A guard that begins meanwhile waits until the programs are compiled.
   *
   * @throws as {@link PreparedBackend.guard} does.
   */
  warmUp(run: () => tf.Tensor): Promise<WarmUp>;
  /** Gives the backend back; the last of several that prepared it frees it with every tensor on it. May be repeated. */
  dispose(): void;
}

/** How the device of a backend is observed; one for all who prepared that backend. */
export interface Observation {
  readonly watch: FailureWatch;
  /** Observes the work from now on; the answer ends that, and resolves when the device has reported on all of it. */
  observe?(): () => Promise<void>;
}

/** What one backend module contributes to a {@link PreparedBackend}. */
export interface BackendParts<Name extends BackendName> {
  readonly name: Name;
  readonly description: string;
  readonly detail: BackendDetails[Name];
  readonly observation: Observation;
  readonly compileAhead?: CompileAhead;
  release(): void;
}

/** Puts the parts together; the same for every backend. */
export function preparedBackend<Name extends BackendName>(parts: BackendParts<Name>): PreparedBackend<Name> {
  const { name, description, detail } = parts;
  const { watch, observe } = parts.observation;
  let disposed = false;

  function check(): void {
    if (disposed) throw new EfficientNetError("disposed", `the ${name} backend was used after dispose()`);
    watch.check();
  }

  async function guard<T>(run: () => T | Promise<T>): Promise<T> {
    for (let busy = compilation(name); busy !== undefined; busy = compilation(name)) await busy;
    check();
    const active = makeActive(name);
    if (active !== true) await active;
    const mark = watch.mark();
    const settle = observe?.();
    // On a lost device a read may never end.
    const outcome = await Promise.race([attempt(run), watch.whenLost.then(() => ({ error: undefined }))]);
    await settle?.();
    const error = "error" in outcome ? outcome.error : undefined;
    const failure = watch.failureSince(mark, error);
    if (failure) {
      if ("result" in outcome) tf.dispose(outcome.result as tf.TensorContainer);
      throw failure;
    }
    if ("error" in outcome) throw outcome.error;
    return outcome.result;
  }

  return {
    name,
    description,
    detail,
    check,
    guard,
    assertFits(bytes, what = "a tensor") {
      if (bytes <= detail.maxTensorBytes) return;
      throw new EfficientNetError("backend-failed", `${what} of ${bytes} bytes does not fit the ${name} backend`, {
        expected: `at most ${detail.maxTensorBytes} bytes`,
        received: `${bytes} bytes`,
        hint: "use a smaller batch or image, or the wasm backend",
      });
    },
    warmUp: (run) => guard(() => warmUp(name, run, parts.compileAhead)),
    dispose() {
      if (disposed) return;
      disposed = true;
      parts.release();
    },
  };
}

type Outcome<T> = { readonly result: T } | { readonly error: unknown };

async function attempt<T>(run: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { result: await run() };
  } catch (error) {
    return { error };
  }
}
