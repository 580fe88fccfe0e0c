import { markdownTable } from "./markdown-table.js";
import { publishedPackages } from "./published-packages.js";

/** The map of the packages: what each is for, and the layer it stands on. */
export function packagesTable(): string {
  const rows = publishedPackages().map(({ folder, name, description, layer }) => [
    String(layer),
    `[\`${name}\`](${folder})`,
    description,
  ]);
  return markdownTable(["layer", "package", "what it is"], rows, ["layer"]);
}
