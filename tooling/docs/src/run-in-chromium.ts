import { openPage } from "../../chromium/src/index.js";
import type { ExampleFolder } from "./example-folder.js";

/** Shows the photograph, keeps what is printed, and runs the example after that. */
const ENTRY = `
const photo = new Image();
photo.src = "/photo.jpg";
document.body.append(photo);
await photo.decode();
let printed = "";
const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
console.log = (...values: unknown[]) => {
  printed += values.map(text).join(" ") + "\\n";
};
await import("./example.js");
Object.assign(globalThis, { api: { printed: () => printed } });
`;

/** Shaders compile for a while where a page draws in software. */
const timeout = 240_000;

/**
 * Runs `example.ts` of a folder in a page that has the samples beside it and the photograph as its one `<img>`, and
 * gives what it printed.
 *
 * @throws Error when it throws, or complains in the console.
 */
export async function runInChromium(folder: ExampleFolder): Promise<string> {
  const page = await openPage({ entry: folder.write("page.ts", ENTRY), files: { "/": folder.path }, timeout });
  try {
    const printed = await page.call<string>("printed");
    if (page.errors.length > 0) throw new Error(`errors in the console\n${page.errors.join("\n")}`);
    return printed;
  } finally {
    await page.close();
  }
}
