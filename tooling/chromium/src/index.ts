export { bundleEntry } from "./bundle-entry.js";
export { findChromium } from "./find-chromium.js";
export { installChromium } from "./install-chromium.js";
export { type LaunchOptions, launchChromium, type Webgl } from "./launch-chromium.js";
export { type OpenPageOptions, openPage } from "./open-page.js";
export { type OpenedPage, type OpenServedOptions, openServed } from "./open-served.js";
export { type Served, type ServeOptions, serve } from "./serve.js";
