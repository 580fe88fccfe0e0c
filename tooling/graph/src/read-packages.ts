import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import ts from "typescript";

type Dependencies = Readonly<Record<string, string>>;

export interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Dependencies;
  readonly peerDependencies?: Dependencies;
  readonly devDependencies?: Dependencies;
  readonly efficientnet?: { readonly layer?: number };
}

export interface SourceFile {
  /** From the package's folder, with forward slashes: `src/index.ts`. */
  readonly path: string;
  /** Test files, what only they import, and the pages and scenarios they run are not published. */
  readonly isTest: boolean;
  /** Every module specifier: static, dynamic, type-only, re-exported and by name. */
  readonly imports: readonly string[];
}

export interface Package {
  readonly manifest: Manifest;
  readonly files: readonly SourceFile[];
}

const TEST_FILE = /\.(test|page|scenario)\.ts$|^src\/testing\//;

/** Hides an import from bundlers; it needs its package all the same. */
const IMPORT_BY_NAME = /\bimportByName(?:<[^(]*>)?\("([^"]+)"\)/g;

/** Looks a file of another package up, to be read and not run; it needs the package all the same. */
const LOOKED_UP = /\brequire\.resolve\("((?:@[^/"]+\/)?[^/"]+)/g;

function readSource(folder: string, file: string): SourceFile {
  const text = readFileSync(file, "utf8");
  const path = relative(folder, file).split(sep).join("/");
  const isTest = TEST_FILE.test(path);
  const imported = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  const named = isTest ? [] : [IMPORT_BY_NAME, LOOKED_UP].flatMap((pattern) => [...text.matchAll(pattern)]);
  const byName = named.flatMap(([, name]) => name ?? []);
  return { path, isTest, imports: [...imported, ...byName] };
}

function readPackage(folder: string): Package {
  const files = readdirSync(join(folder, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => readSource(folder, join(entry.parentPath, entry.name)));
  return { manifest: JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest, files };
}

/** Every package under a folder: its manifest, and what its source imports. */
export function readPackages(folder: string): readonly Package[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => existsSync(join(path, "package.json")))
    .map(readPackage);
}
