import type { Checkpoint, StoredTensor } from "./checkpoint.js";
import { FAMILIES } from "./families/families.js";
import type { Family } from "./families/family.js";

/** An array of a file with the name the file gives it. */
export interface FileTensor {
  readonly fileName: string;
  readonly tensor: StoredTensor;
}

/** The arrays of a file under a family's own spelling, without those that no network needs. */
export interface FileTensors {
  readonly byName: ReadonlyMap<string, FileTensor>;
  /** File names that spell an array a second time. */
  readonly repeated: readonly string[];
}

export function fileTensors(checkpoint: Checkpoint, family: Family): FileTensors {
  const { normalise, ignorable, preferred } = FAMILIES[family];
  const byName = new Map<string, FileTensor>();
  const repeated: string[] = [];
  for (const [fileName, tensor] of checkpoint.tensors) {
    const name = normalise(fileName);
    if (ignorable.test(name) || ignorable.test(fileName)) continue;
    const other = byName.get(name)?.fileName;
    const wins = preferred?.test(fileName) ?? false;
    if (other === undefined || (wins && !preferred?.test(other))) byName.set(name, { fileName, tensor });
    else if (wins || !preferred?.test(other)) repeated.push(fileName);
  }
  return { byName: withClassifier(byName, family), repeated };
}

/** The arrays with those of a head of another name under the name of the classifier. */
function withClassifier(byName: ReadonlyMap<string, FileTensor>, family: Family): ReadonlyMap<string, FileTensor> {
  const { classifier, separator, findClassifier } = FAMILIES[family];
  if (findClassifier === undefined || [...byName.keys()].some((name) => isClassifier(family, name))) return byName;
  const head = findClassifier(new Map([...byName].map(([name, { tensor }]) => [name, tensor.shape])));
  if (head === null) return byName;
  const old = head + separator;
  return new Map(
    [...byName].map(([name, tensor]) => [
      name.startsWith(old) ? classifier + separator + name.slice(old.length) : name,
      tensor,
    ]),
  );
}

/** True for a normalised name that belongs to the classifier. */
export function isClassifier(family: Family, name: string): boolean {
  const { classifier, separator } = FAMILIES[family];
  return name.startsWith(classifier + separator);
}
