import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { stripes } from "./testing/draw-bmp.js";
import { createScratch } from "./testing/scratch.js";

const scratch = createScratch();
afterAll(() => scratch.remove());
const picture = scratch.write("cat.bmp", stripes());
const untrained = ["--model", "test-efficientnet", "--seed", "1"];

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const cwd = fileURLToPath(new URL("..", import.meta.url));

type Child = ReturnType<typeof start>;

/** Starts the command as a process of its own. */
function start(argv: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const args = ["--conditions=@efficientnet/source", "--import", "tsx", main, ...argv];
  return spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
}

/** Waits for the end and collects what was said; `watch` sees each piece of stdout as it comes. */
async function finish(child: Child, watch: (isFirst: boolean) => unknown = () => undefined) {
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    watch(out === "");
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, out, err };
}

describe("the efficientnet process", () => {
  it("answers and ends with 0", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    expect(await finish(start(["--version"]))).toEqual({ code: 0, out: `${version}\n`, err: "" });
  });

  it("shows commands and examples as help", async () => {
    const { code, out } = await finish(start(["--help"]));
    expect(code).toBe(0);
    expect(out).toContain("efficientnet classify photos/*.jpg");
    for (const name of ["list", "inspect", "classify", "embed", "features", "backends"]) {
      expect(out).toMatch(new RegExp(`^  ${name} `, "m"));
    }
  });

  it("ends with 2 where it was called wrongly, help on stderr", async () => {
    const { code, out, err } = await finish(start([]));
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("Usage: efficientnet");
  });

  it("ends with 1 where something failed, with the stack if the environment asks for it", async () => {
    const { code, out, err } = await finish(start(["inspect", "absent.json"], { EFFICIENTNET_DEBUG: "1" }));
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/^ +at /m);
  });

  it("shows no progress where stderr is no terminal", async () => {
    const { code, err } = await finish(start(["classify", picture, ...untrained, "--quiet"]));
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  it("ends quietly when its reader has seen enough", async () => {
    const child = start(["classify", ...new Array<string>(500).fill(picture), ...untrained, "-q", "--json"]);
    const { code, err } = await finish(child, () => child.stdout.destroy());
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  it.skipIf(process.platform === "win32")("ends with 130 on Ctrl-C, its last line whole", async () => {
    const child = start(["classify", ...new Array<string>(500).fill(picture), ...untrained, "-q", "--json"]);
    const { code, out, err } = await finish(child, (isFirst) => isFirst && child.kill("SIGINT"));
    expect({ code, err }).toEqual({ code: 130, err: "" });
    const lines = out.trimEnd().split("\n");
    expect(lines.length).toBeLessThan(500);
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty("predictions");
  });
});
