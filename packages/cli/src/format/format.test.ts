import { EfficientNetError } from "@efficientnet/errors";
import { getSpec } from "@efficientnet/specs";
import { describe, expect, it } from "vitest";
import { measureParts } from "../network/measure-parts.js";
import { formatMatches, formatPredictions } from "./format-answer.js";
import { formatEmbedding, formatEmbeddingJson } from "./format-embedding.js";
import { formatError } from "./format-error.js";
import { formatFeatures, summariseFeatures } from "./format-features.js";
import { formatNetworks, formatWeightsList } from "./format-list.js";
import { formatParts } from "./format-parts.js";
import { formatQuantity } from "./format-quantity.js";
import { formatFields, formatTable } from "./format-table.js";
import { formatTransfer } from "./format-transfer.js";
import { formatWeights } from "./format-weights.js";
import { printable } from "./printable.js";

describe("formatTable", () => {
  it("aligns columns and leaves no spaces at the ends of lines", () => {
    const columns = [{ title: "name" }, { title: "n", align: "right" }, { title: "note" }] as const;
    const table = formatTable(columns, [
      ["a longer name", "7", ""],
      ["😀", "1234", "fine"],
    ]);
    expect(table).toMatchInlineSnapshot(`
      "name              n  note
      a longer name     7
      😀              1234  fine"
    `);
    expect(table).not.toMatch(/ $/m);
  });

  it("is a line of titles where there are no rows", () => {
    expect(formatTable([{ title: "a" }, { title: "b" }], [])).toBe("a  b");
  });
});

it("formatFields puts values below each other", () => {
  expect(
    formatFields([
      ["format", "safetensors"],
      ["fits", "yes"],
      ["note", ""],
    ]),
  ).toMatchInlineSnapshot(`
    "format  safetensors
    fits    yes
    note"
  `);
});

it.each([
  [0, "0"],
  [999, "999"],
  [1000, "1.00 k"],
  [5_288_548, "5.29 M"],
  [9_994, "9.99 k"],
  [9_995, "10.0 k"],
  [99_949, "99.9 k"],
  [99_950, "100 k"],
  [999_499, "999 k"],
  [999_500, "1.00 M"],
  [386_000_000, "386 M"],
  [1_830_000_000, "1.83 G"],
  [2e15, "2000 T"],
  [0.5, "0.50"],
])("formatQuantity keeps three digits of %d: %s", (value, text) => {
  expect(formatQuantity(value)).toBe(text);
});

it("formatQuantity puts the prefix before the unit", () => {
  expect([formatQuantity(12, "B"), formatQuantity(12_345, "B")]).toEqual(["12 B", "12.3 kB"]);
});

it("printable spells out what could move the cursor, and nothing else", () => {
  expect(printable("\x1b[2Jcat\n\u009b dörte 猫")).toBe("\\x1b[2Jcat\\x0a\\x9b dörte 猫");
});

describe("formatError", () => {
  const error = new EfficientNetError("wrong-file", "x.bin is none", { received: "\x1b[31m", cause: new Error("why") });

  it("is the message alone, safe for a terminal", () => {
    expect(formatError(error, false)).toBe("x.bin is none\n  received: \\x1b[31m");
  });

  it("has stack and cause when asked for", () => {
    const text = formatError(error, true);
    expect(text).toMatch(/ at .*format\.test\.ts/);
    expect(text).toContain("why");
  });

  it("says how to find out more only where the message cannot be meant for users", () => {
    expect(formatError(new TypeError("x is not a function"), false)).toBe(
      "x is not a function\n  hint: --verbose shows where this happened",
    );
    const system = Object.assign(new Error("EACCES: permission denied, open 'x'"), { syscall: "open" });
    expect(formatError(system, false)).toBe("EACCES: permission denied, open 'x'");
    expect(formatError("thrown text", false)).toBe("thrown text");
  });
});

it("answers are the picture, and a line for each label", () => {
  const predictions = [
    { index: 281, label: "tabby", probability: 0.91234 },
    { index: 285, label: "Egyptian cat", probability: 0.0004 },
  ];
  expect(formatPredictions("cat.jpg", predictions)).toMatchInlineSnapshot(`
    "cat.jpg
      0.912  tabby
      0.000  Egyptian cat"
  `);
  const matches = [
    { label: "cat", similarity: 1 },
    { label: "dog", similarity: -0.0001 },
    { label: "owl", similarity: -0.25 },
  ];
  expect(formatMatches("cat.jpg", matches)).toMatchInlineSnapshot(`
    "cat.jpg
       1.000  cat
       0.000  dog
      -0.250  owl"
  `);
});

describe("embeddings", () => {
  const embedding = Float32Array.of(0.1, -2, 1 / 3, 1e-12, 7);

  it("read back from JSON as the very same floats", () => {
    const line = formatEmbeddingJson("cat.jpg", embedding);
    expect(line).toMatchInlineSnapshot(
      `"{"file":"cat.jpg","embedding":[0.100000001,-2,0.333333343,9.99999996e-13,7]}"`,
    );
    expect(Float32Array.from(JSON.parse(line).embedding)).toEqual(embedding);
  });

  it("are shown by their length and first values", () => {
    expect(formatEmbedding("cat.jpg", embedding)).toMatchInlineSnapshot(
      `"cat.jpg  5 values, length 7.2884: 0.1000, -2.0000, 0.3333, 0.0000, ..."`,
    );
  });
});

it("feature maps are shown by their mean and deviation", () => {
  const data = Float32Array.of(1, 3, 1, 3, 1, 3, 1, 3);
  const map = { level: 4, reduction: 32, shape: [1, 2, 2, 2], data } as const;
  expect(formatFeatures([summariseFeatures(map), summariseFeatures({ ...map, level: "head" })])).toMatchInlineSnapshot(`
    "level  reduction  shape        mean     std
    4             32  [1,2,2,2]  2.0000  1.0000
    head          32  [1,2,2,2]  2.0000  1.0000"
  `);
});

it("networks and weights are listed in columns", () => {
  const network = {
    name: "efficientnet-b0",
    parameters: 5_288_548,
    macs: 385_875_000,
    resolution: 224,
    embedding: 1280,
  };
  expect(formatNetworks([network])).toMatchInlineSnapshot(`
    "network          parameters   MACs  resolution  embedding
    efficientnet-b0      5.29 M  386 M         224       1280"
  `);
  const weights = { network: "efficientnet-b0", classes: 1000, imageSize: 224, licence: "Apache-2.0" };
  expect(
    formatWeightsList([
      { id: "keras/EfficientNetB0", top1: 77.1, ...weights },
      { id: "timm/a_longer_name.in1k", top1: null, ...weights },
    ]),
  ).toMatchInlineSnapshot(`
    "weights                  network          classes  image size  top-1 %  licence
    keras/EfficientNetB0     efficientnet-b0     1000         224     77.1  Apache-2.0
    timm/a_longer_name.in1k  efficientnet-b0     1000         224        -  Apache-2.0"
  `);
});

it("a network is shown part by part", () => {
  const measured = measureParts(getSpec("efficientnetv2-s"), { imageSize: 300, batch: 2, blocks: false });
  expect(formatParts(measured)).toMatchInlineSnapshot(`
    "part        layout                  input           output          parameters  buffers    MACs  activations    moved  FLOP/byte
    stem        conv k3 s2              [2,300,300,3]   [2,150,150,24]         696       48  29.2 M       1.08 M  6.48 MB        9.0
    stages.0    fused-mbconv1 k3 s1 x2  [2,150,150,24]  [2,150,150,24]      10.5 k       96   467 M       2.16 M  17.3 MB       53.9
    stages.1    fused-mbconv4 k3 s2 x4  [2,150,150,24]  [2,75,75,48]         304 k   1.73 k  3.40 G       9.72 M  81.1 MB       83.7
    stages.2    fused-mbconv4 k3 s2 x4  [2,75,75,48]    [2,38,38,64]         589 k   2.43 k  1.69 G       3.51 M  31.9 MB      106.4
    stages.3    mbconv4 k3 s2 x6        [2,38,38,64]    [2,19,19,128]        918 k   12.8 k   563 M       5.18 M  69.8 MB       16.1
    stages.4    mbconv6 k3 s1 x9        [2,19,19,128]   [2,19,19,160]       3.46 M   36.7 k  1.99 G       13.3 M   193 MB       20.7
    stages.5    mbconv6 k3 s2 x15       [2,19,19,160]   [2,10,10,256]       14.6 M   97.5 k  2.41 G       10.3 M   194 MB       24.8
    head        conv k1 s1              [2,10,10,256]   [2,10,10,1280]       330 k   2.56 k  65.5 M        256 k  2.54 MB       51.6
    classifier  dense                   [2,1280]        [2,1000]            1.28 M        0  2.56 M       2.00 k  5.14 MB        1.0
    total                                                                   21.5 M    154 k  10.6 G       45.5 M   601 MB       35.3"
  `);
});

describe("formatWeights", () => {
  const fitting = {
    format: "safetensors",
    arrays: 360,
    types: ["F32"],
    family: "keras-v2",
    network: null,
    variants: ["efficientnetv2-b0"],
    score: 1,
    classes: null,
    parameters: 5_919_312,
    publishedAs: ["keras/EfficientNetV2B0"],
    missing: [],
    unexpected: [],
    mismatched: [],
    says: null,
    labels: null,
    normalisation: null,
    metadata: {},
  } as const;

  it("says what a file is", () => {
    expect(formatWeights("b0.safetensors", fitting)).toMatchInlineSnapshot(`
      "file     b0.safetensors
      format   safetensors, 360 arrays, F32
      names    keras-v2
      network  efficientnetv2-b0
      classes  no classifier
      fits     yes
      run as   keras/EfficientNetV2B0"
    `);
  });

  it("lists no differences from a network that it is nothing like, and what the file says besides", () => {
    const other = {
      ...fitting,
      score: 0.17,
      classes: 2,
      missing: ["one"],
      labels: ["cat", "dog"],
      normalisation: { mean: [0.5, 0.5, 0.5], std: [1, 1, 1] },
      metadata: { keras_version: "3.15.1" },
    } as const;
    expect(formatWeights("own.keras", other)).toMatchInlineSnapshot(`
      "file      own.keras
      format    safetensors, 360 arrays, F32
      names     keras-v2
      network   none that has a name
      classes   2
      fits      no
      labels    cat, dog
      pictures  mean 0.5 0.5 0.5, std 1 1 1
      metadata  keras_version 3.15.1"
    `);
  });

  it("lists what does not fit, some of each kind", () => {
    const damaged = {
      ...fitting,
      types: ["F16", "I64"],
      variants: ["a", "b"],
      score: 0.789,
      classes: 10,
      publishedAs: [],
      missing: ["one", "two", "three", "four", "five", "six"],
      unexpected: ["extra"],
      mismatched: [{ name: "stem", expected: [3, 3, 3, 32], received: [3, 3, 3, 24] }],
    };
    expect(formatWeights("odd.safetensors", damaged)).toMatchInlineSnapshot(`
      "file        odd.safetensors
      format      safetensors, 360 arrays, F16 and I64
      names       keras-v2
      network     a or b (78 % alike)
      classes     10
      fits        no
      missing     one, two, three, four and 2 more
      unexpected  extra
      shapes      stem is [3,3,3,24], not [3,3,3,32]"
    `);
  });
});

it.each([
  [
    { bytes: 7_140_000, total: 28_600_000, name: "model.safetensors" },
    "model.safetensors  [####                ]  7.14 MB of 28.6 MB",
  ],
  [{ bytes: 512, total: null, name: "x" }, "x  512 B"],
  [
    { bytes: 20, total: 20, name: `${"y".repeat(40)}.bin` },
    `...${"y".repeat(23)}.bin  [####################]  20 B of 20 B`,
  ],
])("a transfer is a line: %j", (progress, line) => {
  expect(formatTransfer(progress)).toBe(line);
});
