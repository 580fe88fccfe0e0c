import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleFolder } from "./example-folder.js";
import { brokenPromises, promisedOutput } from "./promised-output.js";
import { type Example, examples } from "./readmes.js";
import { parseCommands, runCommand } from "./run-command.js";
import { runInChromium } from "./run-in-chromium.js";
import { runInNode } from "./run-in-node.js";
import { writeSamples } from "./sample-files.js";

let samples: string;

beforeAll(async () => {
  samples = await mkdtemp(join(tmpdir(), "efficientnet-samples-"));
  await writeSamples(samples);
});

afterAll(() => rm(samples, { recursive: true, force: true }));

function expectPromised({ code }: Example, printed: string): void {
  expect(printed, "an example prints something").not.toBe("");
  expect(brokenPromises(promisedOutput(code), printed), `it printed\n${printed}`).toEqual([]);
}

describe("an example in a README runs as it stands and prints what its comments say", () => {
  for (const example of examples("ts")) {
    it(`${example.title} in Node`, async () => {
      using folder = exampleFolder(example.owner, samples);
      expectPromised(example, await runInNode(folder.write("example.ts", example.code), [], folder.path));
    });
  }

  for (const example of examples("ts browser")) {
    it(`${example.title} in Chromium`, { timeout: 300_000 }, async () => {
      using folder = exampleFolder(example.owner, samples);
      folder.write("example.ts", example.code);
      expectPromised(example, await runInChromium(folder));
    });
  }

  for (const { title, owner, code } of examples("sh run")) {
    it(`${title} at the command line`, async () => {
      using folder = exampleFolder(owner, samples);
      for (const args of parseCommands(code)) {
        expect(await runCommand(args, folder.path), args.join(" ")).not.toBe("");
      }
    });
  }
});
