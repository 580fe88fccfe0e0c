import type { WeightsEntry } from "../registry/weights-entry.js";

/** A file, or the usual weights file, of a repository on the Hugging Face hub. */
export interface HubSource {
  readonly kind: "hub";
  /** `owner/name` */
  readonly repo: string;
  /** Branch, tag or commit. */
  readonly revision: string;
  /** Null for the weights that the repository is for. */
  readonly path: string | null;
}

/** Where weights can come from. */
export type WeightsSource =
  | { readonly kind: "entry"; readonly entry: WeightsEntry }
  | HubSource
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "path"; readonly path: string };
