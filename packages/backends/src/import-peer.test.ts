import { describe, expect, it } from "vitest";
import { importByName } from "./import-by-name.js";
import { importPeer } from "./import-peer.js";

describe("importPeer", () => {
  it("names the npm command for a package that is not installed", async () => {
    const load = () => importByName("@efficientnet/not-there");
    const prepared = importPeer("@efficientnet/not-there", "4.22.0", load);
    await expect(prepared).rejects.toMatchObject({ code: "missing-peer" });
    await expect(prepared).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the package @efficientnet/not-there is needed and not installed
        hint: npm install @efficientnet/not-there@4.22.0]
    `);
  });

  it.each([
    ["Vite", 'Could not resolve "@efficientnet/not-there" imported by "@efficientnet/backends". Is it installed?'],
    ["Chromium", "Failed to resolve module specifier '@efficientnet/not-there'"],
    ["Firefox", "The specifier “@efficientnet/not-there” was a bare specifier, but was not remapped to anything."],
    ["Safari", "Module name, '@efficientnet/not-there' does not resolve to a valid URL."],
  ])("knows how %s says so", async (_, message) => {
    const load = () => Promise.reject(new TypeError(message));
    await expect(importPeer("@efficientnet/not-there", "4.22.0", load)).rejects.toMatchObject({ code: "missing-peer" });
  });

  it("passes on what a package that is there cannot resolve itself", async () => {
    const cause = new Error('Could not resolve "seedrandom" imported by "installed".');
    await expect(importPeer("installed", "1.0.0", () => Promise.reject(cause))).rejects.toBe(cause);
  });

  it("passes on the failure of a package that is installed and misses one of its own", async () => {
    const cause = Object.assign(new Error("Cannot find package 'seedrandom'"), { code: "ERR_MODULE_NOT_FOUND" });
    await expect(importPeer("installed", "1.0.0", () => Promise.reject(cause))).rejects.toBe(cause);
  });

  it("gives the package that is there", async () => {
    expect(await importPeer("node:path", "20", () => import("node:path"))).toHaveProperty("sep");
  });
});
