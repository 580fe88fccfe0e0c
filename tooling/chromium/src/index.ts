export { bundleEntry } from "./bundle-entry.js";
export { findChromium } from "./find-chromium.js";
export { installChromium } from "./install-chromium.js";
export { type LaunchOptions, launchChromium, type Webgl } from "./launch-chromium.js";
export { type OpenedPage, type OpenPageOptions, openPage } from "./open-page.js";
export { type Served, type ServeOptions, serve } from "./serve.js";
