import { describe, expect, it } from "vitest";
import type { StoredTensor } from "./checkpoint.js";
import { type NestedTensors, openWrappers } from "./open-wrappers.js";

type Tree = { readonly [name: string]: Tree | number };

/** Numbers stand for tensors that hold them. */
const nested = (tree: Tree): NestedTensors =>
  new Map(
    Object.entries(tree).map(([name, value]) => [name, typeof value === "number" ? tensor(value) : nested(value)]),
  );
const tensor = (value: number): StoredTensor => ({ dtype: "F32", shape: [1], read: () => Float32Array.of(value) });

const open = (tree: Tree) => {
  const { tensors, metadata } = openWrappers(nested(tree));
  return {
    values: Object.fromEntries([...tensors].map(([name, { read }]) => [name, read()[0]])),
    metadata: Object.fromEntries(metadata),
  };
};

describe("openWrappers", () => {
  it("leaves a flat state dict as it is", () => {
    expect(open({ "conv.weight": 1, "conv.bias": 2 })).toEqual({
      values: { "conv.weight": 1, "conv.bias": 2 },
      metadata: {},
    });
  });

  it.each(["state_dict", "model_state_dict", "model", "net", "network", "weights", "params", "module"])(
    "opens %s, and drops what lies beside it",
    (wrapper) => {
      expect(open({ optimizer: { state: { 0: { momentum: 9 } } }, best: 5, [wrapper]: { a: 1 } })).toEqual({
        values: { a: 1 },
        metadata: { wrapper },
      });
    },
  );

  it.each(["state_dict_ema", "model_ema", "ema_state_dict", "ema_model", "ema"])(
    "prefers the moving averages of %s, and says so",
    (wrapper) => {
      expect(open({ state_dict: { a: 1, b: 2 }, model: { a: 1, b: 2 }, [wrapper]: { a: 3, b: 4 } })).toEqual({
        values: { a: 3, b: 4 },
        metadata: { wrapper, movingAverage: "true" },
      });
    },
  );

  it("takes no averages of a part of the weights", () => {
    expect(open({ model: { a: 1, b: 2 }, model_ema: { a: 3 } })).toMatchObject({ values: { a: 1, b: 2 } });
    expect(open({ model: { a: 1, "bn.num_batches_tracked": 2 }, model_ema: { a: 3 } })).toMatchObject({
      values: { a: 3 },
      metadata: { movingAverage: "true" },
    });
  });

  it("opens wrappers inside wrappers", () => {
    expect(open({ model: { epoch: 3, state_dict: { module: { a: 1 } } }, ema: {} })).toEqual({
      values: { a: 1 },
      metadata: { wrapper: "model.state_dict.module" },
    });
  });

  it("joins the names of what is nested otherwise", () => {
    expect(open({ encoder: { conv: { weight: 1 } }, head: { weight: 2 } })).toEqual({
      values: { "encoder.conv.weight": 1, "head.weight": 2 },
      metadata: {},
    });
  });

  it("refuses two tensors of one joined name", () => {
    expect(() => open({ "a.b": 1, a: { b: 2 } })).toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: the file has two tensors named "a.b"]`,
    );
  });
});
