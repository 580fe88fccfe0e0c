import { NAMES } from "./imagenet-labels.generated.js";

/**
 * The 1,000 classes of ImageNet-1k in the order of every published classifier, one short English name each.
 *
 * Source: the synset and lemma lists of timm (Apache-2.0); the names are WordNet 3.0's, copyright 2006 by Princeton
 * University.
 */
export const IMAGENET_1K_LABELS: readonly string[] = NAMES.split("|");
