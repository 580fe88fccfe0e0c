import { describe, expect, it } from "vitest";
import { getSpec, withClasses } from "./index.js";

describe("withClasses", () => {
  const b0 = getSpec("efficientnet-b0");

  it("changes the classifier and nothing else", () => {
    expect(withClasses(b0, 10)).toEqual({ ...b0, head: { channels: 1280, classes: 10 } });
    expect(withClasses(b0, null).head.classes).toBeNull();
    expect(Object.isFrozen(withClasses(b0, 10).head)).toBe(true);
  });

  it("refuses a number of classes that is not a positive integer", () => {
    expect(() => withClasses(b0, 0)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: head.classes of efficientnet-b0 is 0
        expected: a positive integer, or null]
    `);
  });
});
