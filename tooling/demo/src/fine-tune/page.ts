import type { PictureSource } from "@efficientnet/preprocess";
import { type AnyLoadOptions, fineTune } from "efficientnet";
import { drawnClasses, type TunedAnswer } from "./tune.js";

type Addresses = readonly (readonly [label: string, address: string])[];

const fetched = async (address: string): Promise<Blob> => (await fetch(address)).blob();

/** Fine-tunes in this page with photographs from the server and drawn pictures. */
async function tune(
  backend: AnyLoadOptions["backend"],
  weights: string,
  train: Addresses,
  test: Addresses,
): Promise<TunedAnswer> {
  const data: Record<string, PictureSource[]> = {};
  const drawn = drawnClasses(1, 6);
  for (const [label, pictures] of Object.entries(drawn)) data[label] = [...pictures];
  for (const [label, address] of train) data[label] = [...(data[label] ?? []), await fetched(address)];
  const start = performance.now();
  const { network } = await fineTune("keras/EfficientNetV2B0", data, {
    weights,
    backend,
    share: 0,
    wasmPaths: "/wasm/",
  });
  const seconds = (performance.now() - start) / 1000;
  const answers: TunedAnswer["answers"][number][] = [];
  const ask = async (name: string, label: string, picture: PictureSource) => {
    const [best] = await network.classify(picture, { topK: 1 });
    answers.push({ name, label, answer: best?.label ?? "" });
  };
  for (const [label, address] of test) await ask(address, label, await fetched(address));
  for (const [label, pictures] of Object.entries(drawnClasses(2, 2))) {
    for (const [i, picture] of pictures.entries()) await ask(`${label} ${i}`, label, picture);
  }
  network.dispose();
  return { backend: network.backend.description, seconds, answers };
}

Object.assign(globalThis, { api: { tune } });
