import { posix } from "node:path";
import type { Manifest, Package, SourceFile } from "./read-packages.js";

/** Tensors appear in `kernels` and `layers`; everything below works without tfjs. */
const FIRST_LAYER_WITH_TENSORS = 4;
/** Backends are vendors: only `backends` and what stands on it know their names. */
const FIRST_LAYER_WITH_BACKENDS = 7;

type Check = (one: Package, all: ReadonlyMap<string, Package>) => readonly string[];

const layerOf = ({ manifest }: Package): number => manifest.efficientnet?.layer ?? Number.NaN;
const published = ({ dependencies, peerDependencies }: Manifest) =>
  Object.keys({ ...dependencies, ...peerDependencies });
const packageOf = (specifier: string) => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
const isRelative = (specifier: string) => specifier.startsWith(".");
const isPackage = (specifier: string) => !isRelative(specifier) && !specifier.startsWith("node:");
const importsOf = (files: readonly SourceFile[]) =>
  files.flatMap(({ path, imports }) => imports.map((specifier) => ({ path, specifier })));
const librarySource = ({ files }: Package) => files.filter(({ isTest }) => !isTest);

const declaresLayer: Check = (one) =>
  Number.isInteger(layerOf(one)) ? [] : [`declares no layer: "efficientnet": { "layer": n }`];

const dependsDownwards: Check = (one, all) =>
  published(one.manifest).flatMap((name) => {
    const other = all.get(name);
    if (other === undefined || layerOf(other) < layerOf(one)) return [];
    return [`layer ${layerOf(one)} depends on ${name}, layer ${layerOf(other)}`];
  });

const declaresWhatItImports: Check = ({ manifest, files }) => {
  const forSource = new Set([manifest.name, ...published(manifest)]);
  const forTests = new Set([...forSource, ...Object.keys(manifest.devDependencies ?? {}), "vitest", "fast-check"]);
  return files.flatMap((file) =>
    importsOf([file])
      .filter(({ specifier }) => isPackage(specifier))
      .filter(({ specifier }) => !(file.isTest ? forTests : forSource).has(packageOf(specifier)))
      .map(({ path, specifier }) => `${path} imports ${specifier}, which it does not declare`),
  );
};

/** A dependency may also be there to satisfy a peer of another dependency. */
const importsWhatItDeclares: Check = (one, all) => {
  const imported = new Set(importsOf(librarySource(one)).map(({ specifier }) => packageOf(specifier)));
  const peers = new Set(
    published(one.manifest).flatMap((name) => Object.keys(all.get(name)?.manifest.peerDependencies ?? {})),
  );
  return published(one.manifest)
    .filter((name) => !imported.has(name) && !peers.has(name))
    .map((name) => `declares ${name}, which its source does not import`);
};

/** Tests may reach the fixtures beside `src`, which are not published; nothing may reach another package's folder. */
const reachesOutside = ({ path, isTest }: SourceFile, specifier: string) => {
  const target = posix.join(posix.dirname(path), specifier);
  return isTest ? target.startsWith("../") : !target.startsWith("src/");
};

const importsFrontDoors: Check = (one, all) =>
  one.files.flatMap((file) =>
    file.imports.flatMap((specifier) => {
      if (isRelative(specifier))
        return reachesOutside(file, specifier) ? [`${file.path} reaches out of its package: ${specifier}`] : [];
      const name = packageOf(specifier);
      if (!isPackage(specifier) || specifier === name) return [];
      const door = `.${specifier.slice(name.length)}`;
      const open = all.get(name)?.manifest.exports?.[door] !== undefined;
      return open ? [] : [`${file.path} imports inside ${name}: ${specifier}`];
    }),
  );

const keepsTensorsAbove: Check = (one) => {
  const forbidden = (name: string) =>
    (name.startsWith("@tensorflow/") && layerOf(one) < FIRST_LAYER_WITH_TENSORS) ||
    (name.startsWith("@tensorflow/tfjs-backend-") && layerOf(one) < FIRST_LAYER_WITH_BACKENDS);
  return [
    ...importsOf(librarySource(one)).map(({ path, specifier }) => ({ path, name: packageOf(specifier) })),
    ...published(one.manifest).map((name) => ({ path: "package.json", name })),
  ]
    .filter(({ name }) => forbidden(name))
    .map(({ path, name }) => `${path} names ${name}, which layer ${layerOf(one)} must not know`);
};

const CHECKS: readonly Check[] = [
  declaresLayer,
  dependsDownwards,
  declaresWhatItImports,
  importsWhatItDeclares,
  importsFrontDoors,
  keepsTensorsAbove,
];

/** What breaks the rules of the package graph, one line each; empty when the house stands. */
export function findViolations(packages: readonly Package[]): readonly string[] {
  const all = new Map(packages.map((one) => [one.manifest.name, one]));
  return packages.flatMap((one) =>
    CHECKS.flatMap((check) => check(one, all)).map((violation) => `${one.manifest.name}: ${violation}`),
  );
}
