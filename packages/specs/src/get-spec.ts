import { unknownName } from "@efficientnet/errors";
import { efficientNet } from "./families/efficientnet.js";
import { efficientNetCondConv } from "./families/efficientnet-condconv.js";
import { efficientNetEdgeTpu } from "./families/efficientnet-edgetpu.js";
import { efficientNetLite } from "./families/efficientnet-lite.js";
import { efficientNetV2 } from "./families/efficientnetv2.js";
import { mnasNet } from "./families/mnasnet.js";
import { timmOnly } from "./families/timm.js";
import type { ArchitectureSpec } from "./types.js";

const VARIANTS = /* @__PURE__ */ (() => ({
  ...efficientNet,
  ...efficientNetLite,
  ...efficientNetEdgeTpu,
  ...efficientNetCondConv,
  ...efficientNetV2,
  ...timmOnly,
  ...mnasNet,
}))();

/** A network that has a name. */
export type VariantName = keyof typeof VARIANTS;

/** Every named network, family by family. */
export const VARIANT_NAMES: readonly VariantName[] = /* @__PURE__ */ (() =>
  Object.freeze(Object.keys(VARIANTS) as VariantName[]))();

const made = /* @__PURE__ */ new Map<VariantName, ArchitectureSpec>();

/**
 * The spec of a named network, frozen. Case and `_` for `-` do not matter: `EfficientNetV2_S` is `efficientnetv2-s`.
 * Batch norm and padding are those of the authors' own release; other releases of the same network differ in them.
 *
 * @throws `unknown-name`, with near matches.
 */
export function getSpec(name: VariantName | (string & {})): ArchitectureSpec {
  const key = name.toLowerCase().replaceAll("_", "-");
  if (!isVariantName(key)) throw unknownName("model", name, VARIANT_NAMES);
  const spec = made.get(key) ?? VARIANTS[key]();
  made.set(key, spec);
  return spec;
}

function isVariantName(name: string): name is VariantName {
  return Object.hasOwn(VARIANTS, name);
}
