import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli } from "../testing/cli.js";
import { colouredFolder } from "../testing/coloured-folder.js";
import { createScratch } from "../testing/scratch.js";
import { smallTraining } from "../testing/small-training.js";
import { readRows } from "./metrics-file.js";

const scratch = createScratch();
const pictures = colouredFolder(scratch, "pictures");
const held = colouredFolder(scratch, "held", 20);
const settings = smallTraining(scratch);
const whole = scratch.path("whole");

afterAll(() => scratch.remove());

const train = (out: string, ...more: readonly string[]) => ["train", pictures, ...settings, "--out", out, ...more];
const bytesOf = (path: string) => readFileSync(path).toString("base64");

describe("efficientnet train", () => {
  let said: string;

  beforeAll(async () => {
    const { code, out, err } = await cli(train(whole));
    expect([code, err]).toEqual([0, ""]);
    said = out;
  }, 60_000);

  it("says each epoch, how the test pictures were answered, and where the network is", () => {
    const plain = scratch
      .strip(said)
      .replace(/\d+(\.\d+)? (?=images)/g, "N ")
      .replace(/\d\.\d{3}/g, "X");
    expect(plain).toContain("epoch 1/8  16px  loss X  train");
    expect(plain).toContain("epoch 8/8  24px");
    expect(plain).toContain("use it   efficientnet classify PICTURE --weights whole/model.safetensors");
  });

  it("leaves a run folder: settings, metrics, checkpoint, network and report", async () => {
    const rows = await readRows(scratch.path("whole/metrics.jsonl"));
    expect(rows.filter(({ kind }) => kind === "epoch").length).toBe(8);
    // 24 pictures, of which a fifth of each class is held back: 18 make four batches of 4.
    expect(rows.filter(({ kind }) => kind === "step").length).toBe(32);
    const config = JSON.parse(readFileSync(scratch.path("whole/config.json"), "utf8"));
    expect([config.classes, config.backend]).toEqual([["blue", "green", "red"], "wasm"]);
    const page = readFileSync(scratch.path("whole/report.html"), "utf8");
    expect(page).toContain("<title>small-v2, 3 classes</title>");
    expect(page.match(/data:image\/png/g)?.length).toBeGreaterThanOrEqual(3);
    expect(page).not.toMatch(/(src|href)="http/);
  });

  it("has evaluate and classify open the network with nothing else", async () => {
    const evaluated = await cli(["evaluate", whole, held, "--json"]);
    const { pictures: count, accuracy } = JSON.parse(evaluated.out);
    expect([evaluated.code, count]).toEqual([0, 24]);
    expect(accuracy).toBeGreaterThan(0.6);
    const { code, out } = await cli([
      "classify",
      scratch.path("held/red/1.bmp"),
      "--weights",
      scratch.path("whole/model.safetensors"),
      "--json",
    ]);
    expect(code).toBe(0);
    expect(
      JSON.parse(out)
        .predictions.map(({ label }: { label: string }) => label)
        .sort(),
    ).toEqual(["blue", "green", "red"]);
  });

  it("stops for a signal with a checkpoint, says how to go on, and resume ends at the same network, bit for bit", async () => {
    const interrupt = new AbortController();
    const run = scratch.path("stopped");
    const stopped = await cli(train(run), {
      signal: interrupt.signal,
      out: (text) => text.startsWith("epoch 2") && interrupt.abort(),
    });
    expect(stopped.code).toBe(130);
    expect(scratch.strip(stopped.err)).toMatch(
      /warning: stopped in epoch 3, after \d+ steps; efficientnet resume stopped goes on from there/,
    );
    const unfinished = await cli(["evaluate", run, held]);
    expect([unfinished.code, scratch.strip(unfinished.err)]).toEqual([
      1,
      expect.stringContaining("has no network yet"),
    ]);
    expect((await cli(["resume", run])).code).toBe(0);
    expect(bytesOf(scratch.path("stopped/model.safetensors"))).toBe(bytesOf(scratch.path("whole/model.safetensors")));
  }, 60_000);

  it("survives a kill in the middle of an epoch: resume ends at the same network, bit for bit", async () => {
    const run = scratch.path("killed");
    const starter = fileURLToPath(new URL("../../../../tooling/start/source.mjs", import.meta.url));
    const program = fileURLToPath(new URL("../main.ts", import.meta.url));
    const child = spawn(process.execPath, [starter, program, ...train(run)], { stdio: "ignore", detached: true });
    const ended = once(child, "exit");
    const steps = async () =>
      (await readRows(scratch.path("killed/metrics.jsonl"))).filter(({ kind }) => kind === "step");
    while ((await steps()).length < 6) await setTimeout(5);
    process.kill(-(child.pid ?? 0), "SIGKILL");
    await ended;
    expect((await cli(["resume", run])).code).toBe(0);
    expect(bytesOf(scratch.path("killed/model.safetensors"))).toBe(bytesOf(scratch.path("whole/model.safetensors")));
    const kept = await steps();
    expect(kept.map((row) => row.step)).toEqual(Array.from({ length: 32 }, (_, i) => i + 1));
  }, 60_000);

  it("goes on from its own weights with the classifier alone", async () => {
    const run = scratch.path("tuned");
    const from = ["--model", scratch.path("network.json"), "--from", scratch.path("whole/model.safetensors")];
    const { code, err } = await cli([
      "train",
      pictures,
      ...from,
      "--epochs",
      "2",
      "--image-size",
      "24",
      "--backend",
      "wasm",
      "--out",
      run,
    ]);
    expect([code, err]).toEqual([0, ""]);
    const config = JSON.parse(readFileSync(scratch.path("tuned/config.json"), "utf8"));
    expect(config.settings.trainFrom).toBe("classifier");
  }, 60_000);

  it("counts and names pictures that cannot be decoded, and trains on the others", async () => {
    const folder = colouredFolder(scratch, "damaged");
    writeFileSync(scratch.path("damaged/red/3.bmp"), "this is no picture");
    const { code, err } = await cli([
      "train",
      folder,
      ...settings,
      "--epochs",
      "1",
      "--out",
      scratch.path("with-damage"),
    ]);
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: red\/3\.bmp is left out: /m);
  }, 60_000);

  it("refuses to resume with other classes", async () => {
    const { code, err } = await (async () => {
      scratch.write("pictures/yellow/1.bmp", readFileSync(scratch.path("pictures/red/1.bmp")));
      return cli(["resume", scratch.path("stopped")]);
    })();
    expect(code).toBe(1);
    expect(err).toMatchInlineSnapshot(`
      "error: the folder has other classes than the run was trained on
        expected: blue, green, red
        received: blue, green, red, yellow
        hint: put the pictures back, or start a new run with --from its model.safetensors
      "
    `);
  });
});

describe("training that cannot begin", () => {
  it.each([
    ["an empty folder", () => ["train", scratch.write("empty/.keep", "").replace(/\/\.keep$/, ""), ...settings]],
    ["one class", () => ["train", scratch.write("one/red/1.bmp", "x").replace(/\/red\/1\.bmp$/, ""), ...settings]],
    ["a size below the stride", () => ["train", held, "--model", "test-efficientnet", "--image-size", "16"]],
    ["a folder that is not empty", () => ["train", held, ...settings, "--out", held]],
    ["a recipe that is none", () => ["train", held, "--recipe", scratch.path("network.json")]],
    ["a part that is none", () => ["train", held, ...settings, "--train-from", "stage.4"]],
    ["a folder that is no run", () => ["resume", held]],
    [
      "classes that the network does not know",
      () => ["evaluate", scratch.path("whole/model.safetensors"), scratch.path("pictures")],
    ],
  ])("says what is wrong with %s", async (_, args) => {
    const { code, err } = await cli(args());
    expect(code).not.toBe(0);
    expect(scratch.strip(err)).toMatchSnapshot();
  });
});

describe("efficientnet schedule", () => {
  it("shows the stages of a published recipe", async () => {
    const { code, out } = await cli(["schedule", "--preset", "automl", "--model", "efficientnetv2-s"]);
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "stage   epochs  imageSize  batchSize  learningRate  randAugmentMagnitude  mixupAlpha  dropoutRate  dropPathRate  cutmixAlpha
          0     0-87        171       4096         0.256                     5           0          0.2           0.2            0
          1   87-175        214       4096         0.256                6.6667           0          0.2           0.2            0
          2  175-262        257       4096         0.256                8.3333           0          0.2           0.2            0
          3  262-350        300       4096         0.256                    10           0          0.2           0.2            0

      64 % of the pixels of training at the largest size throughout
      "
    `);
  });

  it("answers as JSON", async () => {
    const { out } = await cli(["schedule", "--preset", "paper", "--model", "efficientnetv2-m", "--json"]);
    const { schedule } = JSON.parse(out);
    expect(schedule.map(({ end }: { end: number }) => end)).toEqual([87, 175, 262, 350]);
  });

  it("lists the presets there are for one that is none", async () => {
    const { code, err } = await cli(["schedule", "--preset", "papers", "--model", "efficientnetv2-s"]);
    expect([code, err]).toMatchInlineSnapshot(`
      [
        2,
        "error: unknown preset "papers"
        hint: did you mean paper?
      ",
      ]
    `);
  });
});
