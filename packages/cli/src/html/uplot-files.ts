import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** uPlot's program and style, to be put into a page. */
export function uplotFiles(): { readonly script: string; readonly style: string } {
  const read = (file: string) => readFileSync(createRequire(import.meta.url).resolve(`uplot/dist/${file}`), "utf8");
  return { script: read("uPlot.iife.min.js").replaceAll("</script", "<\\/script"), style: read("uPlot.min.css") };
}
