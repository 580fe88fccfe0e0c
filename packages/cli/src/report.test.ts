import { expect, it } from "vitest";
import { createReport, type ReportOptions } from "./report.js";

function collect(options: ReportOptions, isTerminal: boolean) {
  const said = { out: "", err: "" };
  const report = createReport(
    {
      out: (text) => {
        said.out += text;
      },
      err: (text) => {
        said.err += text;
      },
      isTerminal,
    },
    options,
  );
  return { report, said };
}

it("answers go to stdout, all else to stderr", () => {
  const { report, said } = collect({ verbose: true }, false);
  report.answer("cat");
  report.warn("untrained");
  report.note("on wasm");
  report.fail("broken");
  expect(said).toEqual({ out: "cat\n", err: "warning: untrained\non wasm\nerror: 'broken'\n" });
});

it("progress takes one line, which goes before anything is said and at the end", () => {
  const { report, said } = collect({}, true);
  report.progress("1/2");
  report.progress("1/2");
  report.progress("2/2 a\nb");
  report.answer("cat");
  report.progress("x".repeat(200));
  report.end();
  report.end();
  expect(said.err).toBe(`1/2\r\x1b[K2/2 a\\x0ab\r\x1b[K${"x".repeat(78)}\r\x1b[K`);
});

it.each<[string, ReportOptions, boolean]>([
  ["where nobody watches", {}, false],
  ["when it should be quiet", { quiet: true }, true],
])("there is no progress %s", (_, options, isTerminal) => {
  const { report, said } = collect(options, isTerminal);
  report.progress("1/2");
  report.end();
  expect(said.err).toBe("");
});

it("quiet leaves out warnings, never errors", () => {
  const { report, said } = collect({ quiet: true }, true);
  report.warn("untrained");
  report.note("on wasm");
  report.fail(new Error("broken"));
  expect(said.err).toBe("error: broken\n  hint: --verbose shows where this happened\n");
});
