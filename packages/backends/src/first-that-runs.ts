import { EfficientNetError, isEfficientNetError } from "@efficientnet/errors";

/** What ran, and why those before it did not. */
export interface FirstThatRuns<T> {
  readonly found: T;
  /** `webgpu: there is no adapter`, a line each. */
  readonly passedOver: readonly string[];
}

/**
 * Tries one backend after the other, going on where one cannot run here or its package is not installed.
 *
 * @throws What the only one throws; of several, `no-backend` naming why each of them did not run; any other error at once.
 */
export async function firstThatRuns<Name extends string, T>(
  order: readonly Name[],
  attempt: (name: Name) => Promise<T>,
): Promise<FirstThatRuns<T>> {
  const passedOver: string[] = [];
  for (const name of order) {
    try {
      return { found: await attempt(name), passedOver };
    } catch (error) {
      if (order.length === 1) throw error;
      if (!isEfficientNetError(error, "no-backend") && !isEfficientNetError(error, "missing-peer")) throw error;
      passedOver.push(`${name}: ${error.message.split("\n")[0]}`);
    }
  }
  throw new EfficientNetError("no-backend", `none of these backends runs here: ${order.join(", ")}`, {
    received: passedOver.join("; "),
    hint: "npm install @tensorflow/tfjs-backend-wasm@4.22.0, which runs in every browser and in Node",
  });
}
