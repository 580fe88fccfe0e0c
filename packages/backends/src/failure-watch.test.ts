import { describe, expect, it } from "vitest";
import { createFailureWatch } from "./failure-watch.js";

describe("a failure watch", () => {
  it("says the first message on one line and counts the rest, once", () => {
    const watch = createFailureWatch("webgpu");
    watch.check();
    watch.report("Buffer size (2) exceeds the limit (1).\n - While calling CreateBuffer().\n");
    watch.report("Invalid BindGroup");
    watch.report("Invalid CommandBuffer");
    expect(() => watch.check()).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the webgpu device reported: Buffer size (2) exceeds the limit (1).; While calling CreateBuffer(). (and 2 more)
        hint: the results are not valid; try a smaller batch or image, or another backend]
    `);
    watch.check();
    watch.report("another");
    expect(() => watch.check()).toThrow("the webgpu device reported: another\n");
  });

  it("fails everything that ran at the time", () => {
    const watch = createFailureWatch("webgpu");
    const [first, second] = [watch.mark(), watch.mark()];
    watch.report("invalid");
    expect(watch.failureSince(first)?.message).toContain("reported: invalid");
    expect(watch.failureSince(second)?.message).toContain("reported: invalid");
    expect(watch.failureSince(watch.mark())).toBeUndefined();
    watch.check();
  });

  it("stays lost, for the first reason", () => {
    const watch = createFailureWatch("webgl");
    watch.lose("driver reset");
    watch.lose("again");
    expect(() => watch.check()).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the webgl device was lost: driver reset
        hint: dispose the model and the backend, then prepare and load again]
    `);
    expect(() => watch.check()).toThrow("driver reset");
  });
});
