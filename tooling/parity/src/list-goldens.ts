import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Its kernels are mixed per example, which a plan does not do. */
const CONDCONV = "timm.tf_efficientnet_cc_b0_4e.224x224.json";

/** The goldens in a folder, or the file itself, that a plan can be made of. */
export function listGoldens(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((file) => file.endsWith(".json") && file !== CONDCONV)
    .sort()
    .map((file) => join(path, file));
}
