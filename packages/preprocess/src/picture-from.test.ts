import { EfficientNetError } from "@efficientnet/errors";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pictureFrom } from "./picture-from.js";
import type { ValueRange } from "./value-range.js";

/** An object of the browser, as far as this package looks at it. */
const browserObject = (tag: string, fields: object): never => ({ [Symbol.toStringTag]: tag, ...fields }) as never;

interface Drawn {
  readonly source: unknown;
  readonly size: readonly number[];
}

let drawn: Drawn[];
let canvases: FakeCanvas[];
let readError: Error | undefined;

class FakeCanvas {
  constructor(
    public width: number,
    public height: number,
  ) {
    canvases.push(this);
  }

  getContext() {
    return {
      drawImage: (source: unknown, ...size: number[]) => drawn.push({ source, size }),
      getImageData: (_x: number, _y: number, width: number, height: number) => {
        if (readError !== undefined) throw readError;
        return { data: new Uint8ClampedArray(width * height * 4).fill(9) };
      },
    };
  }
}

beforeEach(() => {
  drawn = [];
  canvases = [];
  readError = undefined;
  vi.stubGlobal("OffscreenCanvas", FakeCanvas);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe("pictureFrom in a browser", () => {
  it.each([
    ["ImageBitmap", { width: 3, height: 2 }],
    ["HTMLCanvasElement", { width: 3, height: 2 }],
    ["OffscreenCanvas", { width: 3, height: 2 }],
    ["VideoFrame", { displayWidth: 3, displayHeight: 2, codedWidth: 16, codedHeight: 16 }],
    ["HTMLVideoElement", { videoWidth: 3, videoHeight: 2, width: 640, height: 480, readyState: 2 }],
    ["HTMLImageElement", { naturalWidth: 3, naturalHeight: 2, width: 300, height: 200, complete: true }],
  ])("draws an %s in its own size and reads it back", async (tag, fields) => {
    const source = browserObject(tag, fields);
    expect(await pictureFrom(source)).toEqual({
      data: new Uint8ClampedArray(24).fill(9),
      width: 3,
      height: 2,
      channels: 4,
    });
    expect(drawn).toEqual([{ source, size: [0, 0, 3, 2] }]);
    expect(canvases.map(({ width, height }) => [width, height])).toEqual([[0, 0]]);
  });

  it("takes the bytes of ImageData without a canvas", async () => {
    const data = Uint8ClampedArray.of(1, 2, 3, 255);
    const picture = await pictureFrom(browserObject("ImageData", { data, width: 1, height: 1, colorSpace: "srgb" }));
    expect(picture.data).toBe(data);
    expect(canvases).toEqual([]);
  });

  it.each(["Blob", "File"])("decodes a %s without its colour profile and closes the bitmap", async (tag) => {
    const bitmap = browserObject("ImageBitmap", { width: 1, height: 1, close: vi.fn() }) as ImageBitmap;
    const createImageBitmap = vi.fn(async () => bitmap);
    vi.stubGlobal("createImageBitmap", createImageBitmap);
    const blob = browserObject(tag, { size: 10, type: "image/png" });
    expect((await pictureFrom(blob)).width).toBe(1);
    expect(createImageBitmap).toHaveBeenCalledWith(blob, {
      imageOrientation: "from-image",
      colorSpaceConversion: "none",
      premultiplyAlpha: "none",
    });
    expect(bitmap.close).toHaveBeenCalledTimes(1);
    await expect(pictureFrom(blob, { maxPixels: 0.5 })).rejects.toMatchObject({ code: "bad-image" });
    expect(bitmap.close).toHaveBeenCalledTimes(2);
  });

  it("waits for an image that is still loading", async () => {
    const fields = { complete: false, naturalWidth: 0, naturalHeight: 0, src: "cat.jpg", decode: vi.fn() };
    const image = browserObject("HTMLImageElement", fields) as {
      naturalWidth: number;
      naturalHeight: number;
      decode: () => void;
    };
    vi.mocked(image.decode).mockImplementation(async () => Object.assign(image, { naturalWidth: 2, naturalHeight: 1 }));
    expect((await pictureFrom(image as never)).width).toBe(2);
  });

  it("refuses a picture of another origin", async () => {
    readError = Object.assign(new Error("tainted"), { name: "SecurityError" });
    const canvas = browserObject("HTMLCanvasElement", { width: 1, height: 1 });
    await expect(pictureFrom(canvas)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the picture comes from another origin, so its pixels cannot be read
        hint: set crossOrigin = "anonymous" before src and let the server allow it (CORS), or fetch it as a Blob]
    `);
    expect(canvases[0]?.width).toBe(0);
  });

  it("refuses what has no pixels yet, or no longer", async () => {
    const read = (tag: string, fields: object) => pictureFrom(browserObject(tag, fields));
    await expect(read("HTMLVideoElement", { readyState: 0 })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the video has no frame yet
        hint: wait for its "loadeddata" event]
    `);
    await expect(read("ImageBitmap", { width: 0, height: 0 })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the picture is 0 x 0 pixels
        expected: a whole, positive width and height]
    `);
    await expect(
      read("HTMLImageElement", {
        complete: true,
        naturalWidth: 0,
        src: "cat.jpg",
      }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: the image is broken or has no size of its own: cat.jpg]`,
    );
    const decode = () => Promise.reject(new Error("EncodingError"));
    await expect(
      read("HTMLImageElement", { complete: false, src: "cat.jpg", decode }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`[EfficientNetError: the image did not load: cat.jpg]`);
    vi.stubGlobal("createImageBitmap", () => Promise.reject(new Error("InvalidStateError")));
    await expect(read("Blob", { size: 3, type: "text/html" })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the file (3 bytes) is not a picture that can be decoded
        received: text/html]
    `);
  });

  it("says so where there is no canvas", async () => {
    vi.stubGlobal("OffscreenCanvas", undefined);
    const bitmap = browserObject("ImageBitmap", { width: 1, height: 1 });
    await expect(pictureFrom(bitmap)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: there is no canvas here to read pixels with
        hint: in Node, use pictureFromFile of @efficientnet/preprocess/node, or pass { data, width, height, channels }]
    `);
    vi.stubGlobal("createImageBitmap", undefined);
    await expect(pictureFrom(new Blob(["x"]))).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: a Blob cannot be decoded here
        hint: in Node, use pictureFromFile of @efficientnet/preprocess/node]
    `);
  });
});

describe("pictureFrom raw pixels", () => {
  it("does not copy bytes, and counts their channels", async () => {
    const data = Uint8Array.of(1, 2, 3, 4, 5, 6);
    expect(await pictureFrom({ data, width: 2, height: 1 })).toEqual({ data, width: 2, height: 1, channels: 3 });
    await expect(pictureFrom({ data, width: 3, height: 1 })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the data does not fill a picture of 3 x 1
        expected: 3 values times 1, 3 or 4 channels
        received: 6 values]
    `);
  });

  it("takes numbers of a stated range", async () => {
    const pixels = { data: Float32Array.of(-1, 0, 1), width: 1, height: 1, range: [-1, 1] } as const;
    expect([...(await pictureFrom(pixels)).data]).toEqual([0, 128, 255]);
  });
});

describe("pictureFrom a tensor", () => {
  const tensor = (
    shape: readonly number[],
    values: ArrayLike<number>,
    range: ValueRange = [0, 255],
    dtype = "int32",
  ) => ({
    tensor: { shape, dtype, data: async () => values },
    range,
  });

  it.each([
    [[1, 2], 1],
    [[1, 2, 3], 3],
    [[1, 1, 2, 4], 4],
  ])("takes the shape %j as one picture", async (shape, channels) => {
    const values = Int32Array.from({ length: 2 * channels }, (_, i) => i * 20);
    const picture = await pictureFrom(tensor(shape, values));
    expect(picture).toEqual({ data: Uint8ClampedArray.from(values), width: 2, height: 1, channels });
  });

  it("refuses other shapes and types", async () => {
    await expect(pictureFrom(tensor([2, 4, 4, 3], []))).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the tensor is not one picture
        expected: [H,W], [H,W,C] or [1,H,W,C] with 1, 3 or 4 channels
        received: [2,4,4,3]
        hint: unstack the batch and pass one picture at a time]
    `);
    await expect(pictureFrom(tensor([3, 8, 8], []))).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the tensor is not one picture
        expected: [H,W], [H,W,C] or [1,H,W,C] with 1, 3 or 4 channels
        received: [3,8,8]
        hint: the channels must be last: transpose it]
    `);
    await expect(pictureFrom(tensor([48], []))).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the tensor is not one picture
        expected: [H,W], [H,W,C] or [1,H,W,C] with 1, 3 or 4 channels
        received: [48]]
    `);
    await expect(
      pictureFrom(tensor([1, 1], [true as never], [0, 1], "bool")),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the tensor holds bool
        expected: float32 or int32]
    `);
    await expect(
      pictureFrom(tensor([1, 1, 3], [-2, 0, 2], [0, 1], "float32")),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the numbers of the picture do not fit their range
        expected: values in [0, 1]
        received: -2 to 2
        hint: the numbers look normalised already: give a model input to the model as it is]
    `);
  });
});

describe("pictureFrom anything else", () => {
  it.each([
    ["https://example.org/cat.jpg"],
    [new Uint8Array([0xff, 0xd8])],
    [{ shape: [1], dtype: "float32", data: () => [] }],
    [null],
  ])("is refused with what to do instead: %j", async (source) => {
    await expect(pictureFrom(source as never)).rejects.toSatisfy(
      (error) => error instanceof EfficientNetError && error.code === "invalid-argument",
    );
  });

  it("names what it was given", async () => {
    await expect(pictureFrom("cat.jpg" as never)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: this is not a picture
        expected: a browser's image, canvas, video frame or Blob; { data, width, height }; or { tensor, range }
        received: String
        hint: for an address pass await (await fetch(url)).blob(), for a file in Node use pictureFromFile]
    `);
    await expect(pictureFrom(new ArrayBuffer(4) as never)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: this is not a picture
        expected: a browser's image, canvas, video frame or Blob; { data, width, height }; or { tensor, range }
        received: ArrayBuffer
        hint: for an encoded picture pass new Blob([bytes]), or in Node pictureFromFile(bytes)]
    `);
    const unstated = { shape: [1], dtype: "float32", data: () => [] };
    await expect(pictureFrom(unstated as never)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: this is not a picture
        expected: a browser's image, canvas, video frame or Blob; { data, width, height }; or { tensor, range }
        received: Object
        hint: state the range of its values: { tensor, range }]
    `);
  });
});
