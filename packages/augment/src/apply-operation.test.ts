import type { Colour, Picture } from "@efficientnet/preprocess";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyOperation } from "./apply-operation.js";
import { opaquePicture } from "./opaque-picture.js";
import type { GeometryOperationName, Operation, PlainOperationName, ToneOperationName } from "./operation.js";
import { readGoldens, readPng } from "./testing/golden.js";
import { anyPicture, constantPicture } from "./testing/pictures.js";
import type { GeometryFilter } from "./transform-picture.js";

interface Golden {
  readonly file: string;
  readonly from?: string;
  readonly op: string;
  readonly argument?: number;
  readonly resample?: GeometryFilter;
  readonly fill?: Colour;
}

const goldens = [
  ...readGoldens<readonly Golden[]>("operations.json"),
  ...readGoldens<readonly Golden[]>("more-operations.json"),
];

const fill: Colour = [10, 20, 30];
const filters = ["nearest", "bilinear", "bicubic"] as const;

function operationOf({ op, argument, resample, fill }: Golden): Operation {
  if (argument === undefined) return { op: op as PlainOperationName };
  if (resample === undefined || fill === undefined) return { op: op as ToneOperationName, amount: argument };
  return { op: op.replace("Abs", "") as GeometryOperationName, amount: argument, filter: resample, fill };
}

/** How many bytes differ, and by how much at most. */
function differences(a: Picture, b: Picture): { readonly bytes: number; readonly worst: number } {
  const gaps = Array.from(a.data, (level, i) => Math.abs(level - b.data[i]!));
  return { bytes: gaps.filter((gap) => gap > 0).length, worst: Math.max(...gaps) };
}

describe("applyOperation gives every byte of Pillow's picture", () => {
  it.each(goldens)("$file", async (golden) => {
    const [source, expected] = [await readPng(golden.from ?? "small.png"), await readPng(golden.file)];
    const result = applyOperation(source, operationOf(golden));
    expect(result).toMatchObject({ width: expected.width, height: expected.height, channels: expected.channels });
    expect(differences(result, expected)).toEqual({ bytes: 0, worst: 0 });
  });

  it("where the goldens differ from their source, but for one whose levels are full already", async () => {
    const same = await Promise.all(
      goldens.map(async ({ file, from = "small.png" }) =>
        differences(await readPng(from), await readPng(file)).bytes === 0 ? [file] : [],
      ),
    );
    expect(same.flat()).toEqual(["op.AutoContrast.png"]);
  });
});

describe("applyOperation changes nothing", () => {
  const neutral: readonly Operation[] = [
    { op: "Posterize", amount: 8 },
    { op: "Posterize", amount: 10 },
    { op: "Solarize", amount: 256 },
    { op: "SolarizeAdd", amount: 0 },
    { op: "Color", amount: 1 },
    { op: "Contrast", amount: 1 },
    { op: "Brightness", amount: 1 },
    { op: "Sharpness", amount: 1 },
    { op: "Cutout", amount: 0, centre: [0, 0], fill },
    ...filters.flatMap((filter) =>
      (["Rotate", "ShearX", "ShearY", "TranslateX", "TranslateY"] as const).map(
        (op): Operation => ({ op, amount: 0, filter, fill }),
      ),
    ),
  ];

  it.each(neutral)("with a neutral argument: $op $amount $filter", (operation) => {
    fc.assert(
      fc.property(anyPicture, (picture) => {
        expect(Array.from(applyOperation(picture, operation).data)).toEqual(Array.from(opaquePicture(picture).data));
      }),
    );
  });

  it("with Invert, the second time", () => {
    fc.assert(
      fc.property(anyPicture, (picture) => {
        const twice = applyOperation(applyOperation(picture, { op: "Invert" }), { op: "Invert" });
        expect(Array.from(twice.data)).toEqual(Array.from(opaquePicture(picture).data));
      }),
    );
  });
});

describe("applyOperation", () => {
  it.each(filters)("leaves a picture of the fill colour as it is, wherever it is moved (%s)", (filter) => {
    const op = fc.constantFrom("Rotate", "ShearX", "ShearY", "TranslateX", "TranslateY");
    fc.assert(
      fc.property(op, fc.double({ min: -400, max: 400, noNaN: true }), (name, amount) => {
        const picture = constantPicture(7, 5, fill);
        const moved = applyOperation(picture, { op: name as GeometryOperationName, amount, filter, fill });
        expect(Array.from(moved.data)).toEqual(Array.from(picture.data));
      }),
    );
  });

  it.each(filters)("moves by whole pixels without computing colours (%s)", (filter) => {
    const picture: Picture = { data: Uint8Array.of(1, 2, 3, 4, 5, 6), width: 3, height: 2, channels: 1 };
    const grey: Colour = [9, 9, 9];
    const move = (op: GeometryOperationName, amount: number): number[] =>
      Array.from(applyOperation(picture, { op, amount, filter, fill: grey }).data);
    expect(move("TranslateX", 1)).toEqual([2, 3, 9, 5, 6, 9]);
    expect(move("TranslateY", -1)).toEqual([9, 9, 9, 1, 2, 3]);
    expect(move("TranslateX", 1e9)).toEqual([9, 9, 9, 9, 9, 9]);
    expect(move("Rotate", 180)).toEqual([6, 5, 4, 3, 2, 1]);
  });

  it("stretches to black and, where Pillow's cutting off does not stop one below, white", () => {
    const stretched = (...levels: number[]): number[] => {
      const picture: Picture = { data: Uint8Array.from(levels), width: levels.length, height: 1, channels: 1 };
      return Array.from(applyOperation(picture, { op: "AutoContrast" }).data);
    };
    expect(stretched(100, 110, 120)).toEqual([0, 127, 255]);
    expect(stretched(2, 2, 198, 2)).toEqual([0, 0, 254, 0]);
    expect(stretched(7, 7)).toEqual([7, 7]);
  });

  it("cuts a square of twice the pad out, clipped at the border", () => {
    const picture = constantPicture(4, 3, [1]);
    const cut = (centre: readonly [number, number]): number[] =>
      Array.from(applyOperation(picture, { op: "Cutout", amount: 1, centre, fill: [9, 9, 9] }).data);
    expect(cut([2, 1])).toEqual([1, 9, 9, 1, 1, 9, 9, 1, 1, 1, 1, 1]);
    expect(cut([0, 0])).toEqual([9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  });

  it("drops alpha and keeps the colours under it", () => {
    const picture: Picture = { data: Uint8Array.of(1, 2, 3, 0, 4, 5, 6, 255), width: 2, height: 1, channels: 4 };
    expect(applyOperation(picture, { op: "Invert" })).toEqual({
      data: Uint8Array.of(254, 253, 252, 251, 250, 249),
      width: 2,
      height: 1,
      channels: 3,
    });
  });

  it("leaves what it is given as it was", () => {
    const data = Uint8Array.of(10, 200);
    applyOperation({ data, width: 2, height: 1, channels: 1 }, { op: "Equalize" });
    applyOperation({ data, width: 2, height: 1, channels: 1 }, { op: "Cutout", amount: 5, centre: [0, 0], fill });
    expect(data).toEqual(Uint8Array.of(10, 200));
  });

  it("takes operations read from JSON, and refuses what is not one", () => {
    const picture = constantPicture(2, 2, [1]);
    const apply = (json: string) => () => applyOperation(picture, JSON.parse(json) as Operation);
    expect(apply('{"op":"Invert","amount":3}')().data).toEqual(Uint8Array.of(254, 254, 254, 254));
    expect(apply('{"op":"Rotat","amount":3}')).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: unknown operation "Rotat"
        hint: did you mean Rotate, Contrast?]
    `);
    expect(apply('{"op":"Rotate","amount":3}')).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: filter of Rotate is missing
        expected: nearest, bilinear or bicubic]
    `);
    expect(apply('{"op":"Color","amount":null}')).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: amount of Color is null
        expected: a finite number]
    `);
    expect(apply('{"op":"Cutout","amount":1,"centre":[0.5,0],"fill":[0,0,0]}')).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: centre of Cutout is [0.5,0]
        expected: [x, y] in whole pixels]
    `);
    expect(apply('{"op":"ShearX","amount":1,"filter":"nearest","fill":[0,0,256]}')).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: fill of ShearX is [0,0,256]
        expected: [red, green, blue] from 0 to 255]
    `);
  });
});
