import { type PictureSource, pictureFrom, preprocess } from "../index.js";

const load = (path: string) => fetch(path).then((response) => response.blob());

async function element(path: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = path;
  await image.decode();
  return image;
}

async function canvasOf(path: string): Promise<HTMLCanvasElement> {
  const image = await element(path);
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  canvas.getContext("2d")?.drawImage(image, 0, 0);
  return canvas;
}

/** Every kind of source that a page holds, made from the file at a path. */
const sources: Readonly<Record<string, (path: string) => Promise<PictureSource>>> = {
  Blob: load,
  ImageBitmap: async (path) => createImageBitmap(await load(path), { colorSpaceConversion: "none" }),
  HTMLImageElement: element,
  "HTMLImageElement that still loads": async (path) => Object.assign(new Image(), { src: `${path}?late` }),
  HTMLCanvasElement: canvasOf,
  OffscreenCanvas: async (path) => {
    const bitmap = await createImageBitmap(await load(path));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
    return canvas;
  },
  ImageData: async (path) => {
    const canvas = await canvasOf(path);
    const data = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
    if (data === undefined) throw new Error("no 2d context");
    return data;
  },
  VideoFrame: async (path) => new VideoFrame(await createImageBitmap(await load(path)), { timestamp: 0 }),
};

async function read(kind: string, path: string) {
  const source = await sources[kind]?.(path);
  if (source === undefined) throw new Error(`no source ${kind}`);
  const { data, width, height, channels } = await pictureFrom(source);
  return { data, width, height, channels };
}

/** The error's code and message for a source that must be refused. */
async function refusal(source: PictureSource): Promise<string> {
  return pictureFrom(source).then(
    () => "accepted",
    (error) => `${error.code}: ${error.message}`,
  );
}

async function displayP3([red, green, blue]: readonly [number, number, number]): Promise<readonly number[]> {
  const pixel = new ImageData(Uint8ClampedArray.of(red, green, blue, 255), 1, 1, { colorSpace: "display-p3" });
  return [...(await pictureFrom(pixel)).data];
}

const api = {
  displayP3,
  kinds: () => Object.keys(sources),
  read,
  tainted: async (url: string) => refusal(await element(url)),
  broken: async () => refusal(new Blob(["this is no picture"], { type: "image/png" })),
  empty: async () => refusal(Object.assign(document.createElement("canvas"), { width: 0, height: 0 })),
  preprocess: async (path: string, spec: Parameters<typeof preprocess>[1]) =>
    preprocess(await pictureFrom(await load(path)), spec).data,
};

Object.assign(globalThis, { api });
