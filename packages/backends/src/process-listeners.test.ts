import { afterEach, describe, expect, it } from "vitest";
import { prepareBackend } from "./index.js";
import { withoutRethrowing } from "./process-listeners.js";

const mine = (error: unknown) => console.error(error);

afterEach(() => {
  process.off("uncaughtException", mine).off("unhandledRejection", mine);
});

describe("withoutRethrowing", () => {
  it("leaves who listened before and who begins to listen meanwhile, but nobody who only throws again", async () => {
    const before = process.listeners("uncaughtException");
    await withoutRethrowing(async () => {
      process.on("uncaughtException", mine);
      // biome-ignore lint/complexity/useArrowFunction: the form that Emscripten has
      process.on("uncaughtException", function (ex) {
        throw ex;
      });
    });
    expect(process.listeners("uncaughtException")).toEqual([...before, mine]);
  });
});

describe("the wasm backend", () => {
  const listeners = () => [...process.listeners("uncaughtException"), ...process.listeners("unhandledRejection")];

  it("leaves the errors of the program to those who listen to them, while it is there and afterwards", async () => {
    process.on("uncaughtException", mine).on("unhandledRejection", mine);
    const before = listeners();
    const backend = await prepareBackend("wasm");
    expect(listeners()).toEqual(before);
    backend.dispose();
    expect(listeners()).toEqual(before);
  });
});
