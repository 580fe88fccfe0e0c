import type { Package } from "./read-packages.js";

/** The package graph as a mermaid flowchart: an arrow from each package to every package it depends on. */
export function formatMermaid(packages: readonly Package[]): string {
  const short = (name: string) => name.replace("@efficientnet/", "");
  const names = new Set(packages.map(({ manifest }) => manifest.name));
  const lines = [...packages]
    .sort((a, b) => (b.manifest.efficientnet?.layer ?? 0) - (a.manifest.efficientnet?.layer ?? 0))
    .flatMap(({ manifest }) => {
      const below = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter((name) =>
        names.has(name),
      );
      return below.length === 0
        ? [`  ${short(manifest.name)}`]
        : below.map((name) => `  ${short(manifest.name)} --> ${short(name)}`);
    });
  return ["graph TD", ...lines].join("\n");
}
