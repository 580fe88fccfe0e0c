import type { FamilyNames } from "./family.js";

/** Matrices of a head, and the last batch norm before it. */
const KERNEL = /^[^/]+\/kernel$/;

/**
 * The layer that took the place of a classifier: people who train a network for classes of their own put a dense layer
 * of any name behind it. It is the only matrix in the file, and as high as the network's features are wide; null when
 * there is none or more than one, since then other layers follow.
 */
export function newHead(features: string): NonNullable<FamilyNames["findClassifier"]> {
  return (shapes) => {
    const matrices = [...shapes].filter(([name, shape]) => KERNEL.test(name) && shape.length === 2);
    const [[name = "", shape = []] = []] = matrices;
    const [width] = shapes.get(`${features}/gamma`) ?? [];
    const layer = name.slice(0, name.indexOf("/"));
    const fits = matrices.length === 1 && shape[0] === width && shapes.get(`${layer}/bias`)?.join() === `${shape[1]}`;
    return fits ? layer : null;
  };
}
