import type { LayerNames } from "./keras-arrays.js";

/** Models within models. */
const MAX_DEPTH = 16;

/**
 * Names of layers from a model's `config.json`, for files of Keras 3 that do not repeat them beside the arrays: the
 * layers of each class are numbered in the model's order, `conv2d`, `conv2d_1` and so on.
 *
 * Source: keras-team/keras, `_save_container_state` in keras/src/saving/saving_lib.py.
 */
export function configLayers(config: unknown): LayerNames {
  const names = new Map<string, string>();
  collect(config, "", names, 0);
  return (path) => names.get(path.join("/"));
}

function collect(model: unknown, prefix: string, names: Map<string, string>, depth: number): void {
  const layers = field(field(model, "config"), "layers");
  if (!Array.isArray(layers) || depth > MAX_DEPTH) return;
  const used = new Map<string, number>();
  for (const layer of layers) {
    const kind = field(layer, "class_name");
    const name = field(field(layer, "config"), "name");
    if (typeof kind !== "string" || typeof name !== "string") continue;
    const snake = snakeCase(kind);
    const count = used.get(snake) ?? 0;
    used.set(snake, count + 1);
    const path = `${prefix}${snake}${count === 0 ? "" : `_${count}`}`;
    names.set(path, name);
    collect(layer, `${path}/`, names, depth + 1);
  }
}

function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

/** `DepthwiseConv2D` to `depthwise_conv2d`, as Keras does. */
function snakeCase(name: string): string {
  return name
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}
