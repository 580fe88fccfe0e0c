import { EfficientNetError } from "@efficientnet/errors";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TemporaryFailure, withRetries } from "./retry.js";

const { signal } = new AbortController();
const busy = (waitFor: number | null = null) =>
  new TemporaryFailure(new EfficientNetError("unreachable", "the server is busy"), waitFor);

/** Fails as often as there are failures, then answers. */
function failing(...failures: readonly Error[]) {
  const left = [...failures];
  return vi.fn(async () => {
    const failure = left.shift();
    if (failure !== undefined) throw failure;
    return "answer";
  });
}

describe("retrying", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("waits twice as long each time, give or take a quarter", async () => {
    const attempt = failing(busy(), busy(), busy());
    const result = withRetries(attempt, { retries: 3, retryDelay: 1000, signal });
    for (const delay of [1000, 2000, 4000]) {
      const [before, start] = [attempt.mock.calls.length, Date.now()];
      await vi.advanceTimersByTimeAsync(0.75 * delay - 1);
      expect(attempt.mock.calls.length).toBe(before);
      await vi.advanceTimersToNextTimerAsync();
      expect(attempt.mock.calls.length).toBe(before + 1);
      expect(Date.now() - start).toBeLessThanOrEqual(1.25 * delay);
    }
    expect(await result).toBe("answer");
  });

  it("waits as long as it is asked to", async () => {
    const attempt = failing(busy(7000));
    const result = withRetries(attempt, { retries: 1, retryDelay: 1, signal });
    await vi.advanceTimersByTimeAsync(6999);
    expect(attempt.mock.calls.length).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await result).toBe("answer");
  });

  it("throws what is inside the last failure, and at once what cannot pass", async () => {
    const options = { retries: 1, retryDelay: 1, signal };
    const given = expect(withRetries(failing(busy(0), busy(0), busy(0)), options)).rejects.toThrow(
      "the server is busy",
    );
    await vi.runAllTimersAsync();
    await given;
    const attempt = failing(new EfficientNetError("forbidden", "no"));
    await expect(withRetries(attempt, options)).rejects.toMatchObject({ code: "forbidden" });
    expect(attempt.mock.calls.length).toBe(1);
  });

  it("counts anew after progress", async () => {
    const attempt = failing(busy(0), busy(0), busy(0), busy(0));
    const result = withRetries(attempt, { retries: 1, retryDelay: 1, signal }, () => true);
    await vi.runAllTimersAsync();
    expect(await result).toBe("answer");
  });
});
