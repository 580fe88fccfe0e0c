export { pictureFromFile } from "./picture-from-file.js";
