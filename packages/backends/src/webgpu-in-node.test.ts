import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expectClose } from "@efficientnet-tooling/testing";
import { describe, expect, it } from "vitest";
import type { Availability } from "./index.js";

interface Failure {
  readonly code?: string;
  readonly message: string;
}

interface Report {
  readonly availability: Availability<"webgpu">;
  readonly failure: Failure;
  readonly description: string;
  readonly warmUp: { readonly compileMs: number; readonly runMs: number };
  readonly expected: readonly number[];
  readonly received: readonly number[];
  readonly receivedAgain: readonly number[];
  readonly afterFailure: readonly number[];
  readonly leakedByRuns: number;
  readonly overLimit: Failure;
  readonly fits: Failure;
  readonly overlapping: readonly string[];
  readonly syncRead: Failure;
  readonly tfjsCores: number;
  readonly invalidShader: Failure;
  readonly afterCheck: Failure;
  readonly lost: Failure;
  readonly globals: Readonly<Record<"before" | "afterProbe" | "afterDispose", readonly string[]>>;
}

const scenario = fileURLToPath(new URL("webgpu-in-node.scenario.ts", import.meta.url));

function play(env: NodeJS.ProcessEnv): Report {
  const args = ["--conditions=@efficientnet/source", "--import", "tsx", scenario];
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const printed = execFileSync(process.execPath, args, {
    cwd,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return JSON.parse(printed);
}

/** The machine's own graphics processor, or the software Vulkan that comes with Debian's Chromium. */
function playWhereVulkanIs(): Report {
  const own = play(process.env);
  const chromium = "/usr/lib/chromium";
  if (own.availability.available || !existsSync(`${chromium}/vk_swiftshader_icd.json`)) return own;
  const LD_LIBRARY_PATH = [chromium, process.env.LD_LIBRARY_PATH ?? ""].filter((path) => path !== "").join(":");
  return play({ ...process.env, VK_ICD_FILENAMES: `${chromium}/vk_swiftshader_icd.json`, LD_LIBRARY_PATH });
}

const report = playWhereVulkanIs();
const reasonToSkip = report.availability.available ? "" : ` (skipped: ${report.availability.reason})`;

describe.skipIf(!report.availability.available)(`webgpu in Node${reasonToSkip}`, () => {
  it("multiplies and convolves as the cpu backend does, and leaves no tensors", () => {
    expect(Math.max(...report.expected.map(Math.abs))).toBeGreaterThan(1);
    expectClose(report.received, report.expected, 2e-5);
    expect(report.leakedByRuns).toBe(0);
    expect(report.description).toMatch(/^webgpu, ./);
  });

  it("compiles ahead when it warms up", () => {
    expect(report.warmUp.compileMs).toBeGreaterThan(0);
    expect(report.warmUp.runMs).toBeGreaterThan(0);
  });

  it("throws for a buffer over the limit instead of computing zeros, once", () => {
    expect(report.overLimit.code).toBe("backend-failed");
    expect(report.overLimit.message).toMatch(/^the webgpu device reported: .*[Bb]uffer/);
    expectClose(report.afterFailure, report.expected, 2e-5);
  });

  it("throws for whoever caused an error, also while others use the device", () => {
    expect(report.overlapping[0]).toBe("rejected");
  });

  it("refuses to read synchronously, instead of answering zeros", () => {
    expect(report.syncRead.message).toMatchInlineSnapshot(`
      "the webgpu backend cannot read a tensor synchronously
        hint: await tensor.data() instead of dataSync, and move no tensor to another backend"
    `);
  });

  it("can be asked beforehand whether a buffer fits", () => {
    expect(report.fits.code).toBe("backend-failed");
    expect(report.fits.message).toMatch(
      /^the batch of \d+ bytes does not fit the webgpu backend\n {2}expected: at most \d+ bytes/,
    );
  });

  it("throws for an invalid shader at the next check, and only there", () => {
    expect(report.invalidShader.code).toBe("backend-failed");
    expect(report.invalidShader.message).toContain("not WGSL");
    expect(report.afterCheck).toEqual({ message: "undefined" });
  });

  it("throws once the device is lost, and starts anew after dispose", () => {
    expect(report.lost.code).toBe("backend-failed");
    expect(report.lost.message).toMatch(/^the webgpu device was lost: ./);
    expectClose(report.receivedAgain, report.expected, 2e-5);
  });

  it("shares one tfjs-core with cpu and webgpu", () => {
    expect(report.tfjsCores).toBe(1);
  });

  it("takes its globals away again", () => {
    expect(report.globals.afterProbe).toEqual(report.globals.before);
    expect(report.globals.afterDispose).toEqual(report.globals.before);
  });
});

describe.runIf(process.platform === "linux")("webgpu in Node without a Vulkan driver", () => {
  it("is not available, and says what to do", () => {
    const { availability, failure } = play({
      ...process.env,
      VK_ICD_FILENAMES: "/nowhere.json",
      VK_DRIVER_FILES: "/nowhere.json",
    });
    expect(availability.available).toBe(false);
    expect(failure).toMatchInlineSnapshot(`
      {
        "code": "no-backend",
        "message": "the webgpu backend cannot run here: requestAdapter() found no WebGPU adapter
        hint: install a Vulkan loader and driver (without a GPU: point VK_ICD_FILENAMES to a software driver), or use wasm",
      }
    `);
  });
});
