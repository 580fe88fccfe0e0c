import { describe, expect, it } from "vitest";
import { replaceSection } from "./sections.js";

describe("replaceSection", () => {
  it("replaces what stands between the markers and keeps the rest", () => {
    expect(replaceSection("a\n<!-- x:start -->\nold\n<!-- x:end -->\nb\n", "x", "new")).toBe(
      "a\n<!-- x:start -->\n\nnew\n\n<!-- x:end -->\nb\n",
    );
  });

  it("changes nothing the second time", () => {
    const once = replaceSection("<!-- x:start --><!-- x:end -->", "x", "body");
    expect(replaceSection(once, "x", "body")).toBe(once);
  });

  it.each(["", "<!-- x:start -->", "<!-- x:end --><!-- x:start -->", "<!-- x:start --><!-- x:start --><!-- x:end -->"])(
    "refuses a text without one pair of markers: %j",
    (text) => {
      expect(() => replaceSection(text, "x", "new")).toThrowError('the section "x" is not marked once');
    },
  );
});
