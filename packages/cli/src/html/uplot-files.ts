import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** uPlot's program and style, to be put into a page. */
export function uplotFiles(): { readonly script: string; readonly style: string } {
  const require = createRequire(import.meta.url);
  const script = readFileSync(require.resolve("uplot/dist/uPlot.iife.min.js"), "utf8");
  return {
    script: script.replaceAll("</script", "<\\/script"),
    style: readFileSync(require.resolve("uplot/dist/uPlot.min.css"), "utf8"),
  };
}
