import { AUTO_ORDER, BACKEND_NAMES, type BackendName } from "@efficientnet/backends";
import { markdownTable } from "./markdown-table.js";

/** What runs a backend in Node where `"auto"` does not try it, and what is worth knowing where it does. */
const NODE: Readonly<Record<BackendName, string>> = {
  webgpu: "when named, with `npm install webgpu` and a Vulkan, Metal or Direct3D driver",
  webgl: "no",
  wasm: "SIMD, one thread",
  cpu: "plain JavaScript, slow",
};

const BROWSER: Readonly<Record<BackendName, string>> = {
  webgpu: "needs an adapter",
  webgl: "version 2 or 1",
  wasm: "SIMD; threads in a cross-origin isolated page",
  cpu: "plain JavaScript, slow",
};

/** What runs where, and in which order `"auto"` tries it. */
export function backendsTable(): string {
  const place = (order: readonly BackendName[], name: BackendName, note: string) => {
    const index = order.indexOf(name);
    return index < 0 ? note : `${index + 1}. ${note}`;
  };
  const rows = BACKEND_NAMES.map((name) => [
    `\`${name}\``,
    place(AUTO_ORDER.browser, name, BROWSER[name]),
    place(AUTO_ORDER.node, name, NODE[name]),
    `\`@tensorflow/tfjs-backend-${name}\``,
  ]);
  return markdownTable(["backend", "in a browser", "in Node", "install"], rows);
}
