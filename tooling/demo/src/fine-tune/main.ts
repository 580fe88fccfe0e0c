import { readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { openPage } from "@efficientnet-tooling/chromium";
import { fineTune, type NodePictureSource } from "efficientnet/node";
import { drawnClasses, type TunedAnswer } from "./tune.js";

// `source.mjs tooling/demo/src/fine-tune/main.ts WEIGHTS PHOTOS [BACKEND...]`: EfficientNetV2-B0 with real weights learns
// from photographs named `..._<class>_train_<n>` and drawn pictures, and is asked for those named `..._<class>_test_<n>`.
const [weights = "", photos = "", ...given] = process.argv.slice(2);
const backends = given.length > 0 ? given : ["wasm", "webgl", "webgpu"];

const labelled = (part: string) =>
  readdirSync(photos).flatMap((name) => {
    const label = new RegExp(`_([a-z]+)_${part}_\\d+\\.`).exec(name)?.[1];
    return label === undefined ? [] : [[label, name] as const];
  });

async function inNode(backend: string): Promise<TunedAnswer> {
  const data: Record<string, NodePictureSource[]> = {};
  for (const [label, pictures] of Object.entries(drawnClasses(1, 6))) data[label] = [...pictures];
  for (const [label, name] of labelled("train")) {
    data[label] = [...(data[label] ?? []), join(photos, name)];
  }
  const start = performance.now();
  const options = { weights: resolve(weights), backend: backend as "wasm", share: 0 };
  const { network } = await fineTune("keras/EfficientNetV2B0", data, options);
  const seconds = (performance.now() - start) / 1000;
  const asked: (readonly [name: string, label: string, picture: NodePictureSource])[] = [
    ...labelled("test").map(([label, name]) => [name, label, join(photos, name)] as const),
    ...Object.entries(drawnClasses(2, 2)).flatMap(([label, pictures]) =>
      pictures.map((picture, i) => [`${label} ${i}`, label, picture] as const),
    ),
  ];
  const answers: TunedAnswer["answers"][number][] = [];
  for (const [name, label, picture] of asked) {
    const [best] = await network.classify(picture, { topK: 1 });
    answers.push({ name, label, answer: best?.label ?? "" });
  }
  network.dispose();
  return { backend: network.backend.description, seconds, answers };
}

async function inChromium(backend: string): Promise<TunedAnswer> {
  const page = await openPage({
    entry: fileURLToPath(new URL("page.ts", import.meta.url)),
    files: { "/weights": dirname(resolve(weights)), "/photos": resolve(photos) },
  });
  const addresses = (part: string) => labelled(part).map(([label, name]) => [label, `/photos/${name}`] as const);
  try {
    return await page.call<TunedAnswer>(
      "tune",
      backend,
      `/weights/${basename(weights)}`,
      addresses("train"),
      addresses("test"),
    );
  } finally {
    await page.close();
  }
}

for (const backend of backends) {
  const {
    backend: description,
    seconds,
    answers,
  } = await (backend === "webgl" || backend === "webgpu" ? inChromium : inNode)(backend);
  console.log(`${backend} (${description}): learned in ${seconds.toFixed(1)} s`);
  for (const { name, label, answer } of answers)
    console.log(`  ${answer === label ? "right" : "WRONG"}  ${basename(name)}  ${answer}`);
  if (answers.some(({ label, answer }) => label !== answer)) process.exitCode = 1;
}
