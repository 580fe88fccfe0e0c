import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkTypes } from "./check-types.js";
import { type ExampleFolder, exampleFolder } from "./example-folder.js";
import { examples } from "./readmes.js";

const all = [...examples("ts"), ...examples("ts browser")];
const folders: ExampleFolder[] = [];
let complaints: string;

beforeAll(async () => {
  const open = (owner: string) => {
    const folder = exampleFolder(owner);
    folders.push(folder);
    return folder;
  };
  const files = all.map(({ owner, code }, index) => open(owner).write(`example-${index}.ts`, code));
  const folder = open("tooling/docs");
  const wrong = folder.write("wrong.ts", 'import type { Load } from "efficientnet";\nexport const load: Load = 1;\n');
  complaints = await checkTypes([...files, wrong], folder);
});

afterAll(() => {
  for (const folder of folders) folder[Symbol.dispose]();
});

const complaintsAbout = (file: string) => complaints.split("\n").filter((line) => line.includes(`/${file}(`));

it("the compiler does complain about an example that is wrong", () => {
  expect(complaintsAbout("wrong.ts")).toEqual([expect.stringContaining("error TS")]);
});

describe("an example in a README is typed as it stands", () => {
  for (const [index, { title }] of all.entries()) {
    it(title, () => {
      expect(complaintsAbout(`example-${index}.ts`)).toEqual([]);
    });
  }
});
