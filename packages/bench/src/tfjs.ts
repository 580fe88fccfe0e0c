/** What a page needs in order to be a contestant: nothing here imports Node. */
export { openTfjs } from "./open-tfjs.js";
export { createVerbs } from "./verbs.js";
