import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../start/run.mjs";
import { publishedPackages } from "./published-packages.js";
import { readSnippets, type Snippet } from "./read-snippets.js";

export interface Readme {
  /** From the repository's folder: `packages/specs/README.md`. */
  readonly path: string;
  /** The folder whose imports its examples see, from the repository's folder. */
  readonly owner: string;
  /** What that package is imported by; none for the front page. */
  readonly specifiers: readonly string[];
  readonly text: string;
}

/** The front page, whose examples see what this folder depends on, and every package's own. */
export function readmes(): readonly Readme[] {
  const front = { path: "README.md", owner: "tooling/docs", specifiers: [] };
  const own = publishedPackages().map(({ folder, entries }) => ({
    path: `${folder}/README.md`,
    owner: folder,
    specifiers: entries.map(({ specifier }) => specifier),
  }));
  return [front, ...own]
    .filter(({ path }) => existsSync(join(root, path)))
    .map((readme) => ({ ...readme, text: readFileSync(join(root, readme.path), "utf8") }));
}

export interface Example extends Snippet {
  /** `packages/specs/README.md:12` */
  readonly title: string;
  readonly owner: string;
}

/** The snippets of all READMEs that run: TypeScript for Node, TypeScript for a page, or commands. */
export function examples(language: "ts" | "ts browser" | "sh run"): readonly Example[] {
  return readmes().flatMap(({ path, owner, text }) =>
    readSnippets(text)
      .filter((snippet) => snippet.language === language)
      .map((snippet) => ({ ...snippet, title: `${path}:${snippet.line}`, owner })),
  );
}
