/** Prints the path of a Chromium, and whether it was found or had to be installed first. */
import { findChromium } from "./find-chromium.js";
import { installChromium } from "./install-chromium.js";

function foundOrInstalled(): string {
  try {
    return `found ${findChromium()}`;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return `installed ${installChromium()}`;
  }
}

console.log(foundOrInstalled());
