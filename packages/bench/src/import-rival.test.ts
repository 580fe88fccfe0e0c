import { describe, expect, it } from "vitest";
import { importRival } from "./import-rival.js";

const failure = (name: string, load: () => Promise<unknown>) =>
  importRival(name, load).then(
    () => "loaded",
    (error: Error) => error.toString(),
  );

describe("a contestant's package", () => {
  it("that is not installed says how to install it", async () => {
    const name = "onnxruntime-of-nobody";
    expect(await failure(name, () => import(/* @vite-ignore */ name))).toMatchInlineSnapshot(`
      "EfficientNetError: onnxruntime-of-nobody is not installed
        hint: npm install onnxruntime-of-nobody, or leave it out of --vs"
    `);
  });

  it("that is installed and does not load says why", async () => {
    const broken = async () => {
      throw Object.assign(new Error("Cannot find module './napi-v6/onnxruntime.node'\nRequire stack:"), {
        code: "MODULE_NOT_FOUND",
      });
    };
    expect(await failure("onnxruntime-node", broken)).toMatchInlineSnapshot(`
      "EfficientNetError: onnxruntime-node is installed and does not load: Cannot find module './napi-v6/onnxruntime.node'
        hint: npm install onnxruntime-node again, or leave it out of --vs"
    `);
  });

  it("that loads is given", async () => {
    expect(await importRival("tfjs", async () => 4)).toBe(4);
  });
});
