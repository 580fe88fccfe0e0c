export type { FileOptions } from "./decode-with-sharp.js";
export { pictureFromFile } from "./picture-from-file.js";
