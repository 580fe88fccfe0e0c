import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { weightsEntries } from "../registry/index.js";
import { formatHubSource, type HubSource, parseHubSource, resolveWeights } from "./index.js";

const entryId = (text: string) => {
  const found = resolveWeights(text);
  return found.kind === "entry" ? found.entry.id : found;
};
const hub = (repo: string, revision = "main", path: string | null = null): HubSource => ({
  kind: "hub",
  repo,
  revision,
  path,
});

describe("what is typed for weights", () => {
  it("is every id of the registry, whatever its case", () => {
    for (const { id } of weightsEntries()) expect([entryId(id), entryId(id.toUpperCase())]).toEqual([id, id]);
  });

  it("is library and architecture where only one set of weights has them", () => {
    expect(entryId("timm/mnasnet_100")).toBe("timm/mnasnet_100.rmsp_in1k");
    expect(entryId(" lukemelas/efficientnet-b8 ")).toBe("lukemelas/advprop/efficientnet-b8");
    expect(entryId("transformers/google/efficientnet-b0")).toBe("hf/google/efficientnet-b0");
    expect(() => resolveWeights("timm/efficientnet_b1")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: "timm/efficientnet_b1" is the name of 2 sets of weights
        expected: timm/efficientnet_b1.ra4_e3600_r240_in1k or timm/efficientnet_b1.ft_in1k
        hint: they differ in training, and often in preprocessing]
    `);
  });

  it.each<[string, HubSource]>([
    ["hf:timm/efficientnet_b0.ra_in1k", hub("timm/efficientnet_b0.ra_in1k")],
    ["hf:owner/name@v1.0", hub("owner/name", "v1.0")],
    ["hf:owner/name@refs%2Fpr%2F1/folder/b0.pth", hub("owner/name", "refs/pr/1", "folder/b0.pth")],
    ["HF:owner/name/b0.safetensors", hub("owner/name", "main", "b0.safetensors")],
    ["hf://owner/name", hub("owner/name")],
    ["https://huggingface.co/owner/name", hub("owner/name")],
    ["https://huggingface.co/owner/name/tree/dev", hub("owner/name", "dev")],
    ["https://huggingface.co/owner/name/blob/main/b0.safetensors", hub("owner/name", "main", "b0.safetensors")],
    [
      "https://huggingface.co/owner/name/resolve/refs%2Fpr%2F1/a/b%200.bin?download=true",
      hub("owner/name", "refs/pr/1", "a/b 0.bin"),
    ],
  ])("%s is a file or repository of the hub", (text, expected) => {
    expect(resolveWeights(text)).toEqual(expected);
  });

  it("is an address", () => {
    for (const url of [
      "https://example.org/b0.pth",
      "http://localhost:8080/b0.pth",
      "http://127.0.0.1/b0",
      "https://huggingface.co/datasets/owner/name",
    ])
      expect(resolveWeights(url)).toEqual({ kind: "url", url });
    expect(() => resolveWeights("http://example.org/b0.pth")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: "http://example.org/b0.pth" is no address that weights are taken from
        expected: https://..., or http from this machine]
    `);
  });

  it("knows the addresses of a mirror of the hub", () => {
    const endpoint = "https://mirror.example/hf";
    expect(resolveWeights(`${endpoint}/owner/name`, { endpoint })).toEqual(hub("owner/name"));
    expect(resolveWeights("https://mirror.example/owner/name", { endpoint }).kind).toBe("url");
  });

  it("is a path, where files can be opened", () => {
    const isFile = (path: string) => /b0\.pth$/.test(path);
    for (const path of ["b0.pth", "./b0.pth", "/data/b0.pth", "~/b0.pth", "C:\\data\\b0.pth", "file:///data/b0.pth"])
      expect(resolveWeights(path, { isFile })).toEqual({ kind: "path", path });
    expect(() => resolveWeights("./b1.pth", { isFile })).toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: there is no file ./b1.pth]`,
    );
    expect(() => resolveWeights("./b0.pth")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: "./b0.pth" is a path, and files cannot be opened by path here
        hint: pass the bytes of the file, or an address]
    `);
  });

  it("is else unknown, with near matches", () => {
    expect(() => resolveWeights("timm/efficientnet_b0.ra_in2k")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: unknown weights "timm/efficientnet_b0.ra_in2k"
        hint: did you mean timm/efficientnet_b0.ra_in1k, timm/efficientnet_b2.ra_in1k, timm/efficientnet_b3.ra2_in1k?]
    `);
    expect(() => resolveWeights("efficientnetv2-s")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: unknown weights "efficientnetv2-s"
        hint: did you mean keras/EfficientNetV2S, keras/EfficientNetV2M, keras/EfficientNetV2L?]
    `);
    expect(() => resolveWeights("hf:nobody")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: "hf:nobody" names nothing on the Hugging Face hub
        expected: hf:owner/name, hf:owner/name@revision or hf:owner/name@revision/file]
    `);
    expect(() => resolveWeights("hf:owner/name/../other")).toThrow("names nothing on the Hugging Face hub");
    expect(() => resolveWeights("")).toThrow('unknown weights ""');
  });

  it("is read back as it was written, for everything on the hub", () => {
    const name = fc.stringMatching(/^[A-Za-z0-9][\w.-]{0,12}$/);
    const part = fc.stringMatching(/^[\w .@+-]{1,8}$/).filter((text) => !/^\.+$/.test(text) && text.trim() === text);
    const source = fc.record({
      kind: fc.constant("hub" as const),
      repo: fc.tuple(name, name).map((names) => names.join("/")),
      revision: fc.stringMatching(/^\w[\w./-]{0,12}$/),
      path: fc.option(fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"))),
    });
    fc.assert(
      fc.property(source, (hubSource) => {
        expect(parseHubSource(formatHubSource(hubSource))).toEqual(hubSource);
      }),
    );
  });

  it("never fails without saying why", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `hf:${text}`),
          fc.webUrl(),
        ),
        (text) => {
          try {
            resolveWeights(text);
          } catch (error) {
            expect((error as Error).name).toBe("EfficientNetError");
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
