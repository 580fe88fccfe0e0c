import { EfficientNetError } from "@efficientnet/errors";
import type { Dataset } from "./dataset.js";

/**
 * The dataset that a module's default export makes: `export default (argument) => generatedDataset(...)`. Because
 * workers can import the module as well, they draw the pictures.
 *
 * @param url - an absolute address: `new URL("./shapes.js", import.meta.url)`
 * @param argument - passed to the function; data that can be sent to a worker
 * @throws `invalid-argument` where the module cannot be loaded or its default export is no function.
 */
export async function importDataset(url: string | URL, argument?: unknown): Promise<Dataset> {
  const href = String(url);
  const { default: create } = await load(href);
  if (typeof create !== "function") {
    throw new EfficientNetError("invalid-argument", `the default export of ${href} is not a function`, {
      expected: "export default (argument) => a Dataset",
      received: typeof create,
    });
  }
  const dataset = await (create as (argument: unknown) => Dataset | Promise<Dataset>)(argument);
  const { classes, labels } = dataset;
  return {
    classes,
    labels,
    name: (index) => dataset.name(index),
    picture: (index) => dataset.picture(index),
    description: { kind: "module", url: href, argument },
  };
}

async function load(href: string): Promise<{ readonly default?: unknown }> {
  try {
    return await import(/* @vite-ignore */ /* webpackIgnore: true */ href);
  } catch (cause) {
    throw new EfficientNetError("invalid-argument", `the dataset's module ${href} cannot be loaded`, {
      received: cause instanceof Error ? cause.message : String(cause),
      hint: 'name it absolutely: new URL("./dataset.js", import.meta.url)',
      cause,
    });
  }
}
