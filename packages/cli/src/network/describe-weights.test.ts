import { readCheckpoint, type StoredTensor } from "@efficientnet/weights";
import { expect, it } from "vitest";
import { testWeights } from "../testing/test-weights.js";
import { describeWeights } from "./describe-weights.js";

it("the type that most arrays have is named first", async () => {
  const { tensors, ...rest } = await readCheckpoint(testWeights());
  const counter: StoredTensor = { dtype: "I64", shape: [], read: () => new Float32Array(1) };
  const described = await describeWeights({
    ...rest,
    tensors: new Map([["bn1.num_batches_tracked", counter], ...tensors]),
  });
  expect(described).toMatchObject({ types: ["F32", "I64"], arrays: 76, score: 1, missing: [], unexpected: [] });
});
