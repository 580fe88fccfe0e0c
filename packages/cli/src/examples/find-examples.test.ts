import { afterAll, expect, it } from "vitest";
import { createScratch } from "../testing/scratch.js";
import { findExamples } from "./find-examples.js";

const scratch = createScratch();
afterAll(() => scratch.remove());

it("the name of a folder labels its pictures, in one order everywhere", async () => {
  for (const name of [
    "zebra/2.JPG",
    "zebra/10.jpg",
    "ape/a.webp",
    "ape/notes.txt",
    "ape/.b.png",
    ".git/1.jpg",
    "x.jpg",
  ]) {
    scratch.write(`zoo/${name}`, "");
  }
  const found = await findExamples(scratch.path("zoo"));
  expect(found.map(({ label, path }) => [label, scratch.strip(path)])).toEqual([
    ["ape", "zoo/ape/a.webp"],
    ["zebra", "zoo/zebra/10.jpg"],
    ["zebra", "zoo/zebra/2.JPG"],
  ]);
});
