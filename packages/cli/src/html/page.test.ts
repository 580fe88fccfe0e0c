import { describe, expect, it } from "vitest";
import { chartsHtml } from "./chart.js";
import { confusionHtml } from "./confusion.js";
import { formatPage } from "./page.js";
import { picturesHtml } from "./pictures.js";
import { tableHtml } from "./table.js";

const chart = {
  title: "Loss </script>",
  x: { label: "step", values: [1, 2] },
  series: [{ label: "loss", values: [2, null] }],
};

describe("a page", () => {
  const page = formatPage({
    title: "cats & dogs",
    summary: "Trained here.",
    figures: [["test accuracy", "97.0 %"]],
    sections: [{ title: "Curves", body: chartsHtml([chart]) }],
  });

  it("needs nothing besides itself", () => {
    expect(page).not.toMatch(/(?:src|href)=["']?(?:https?:|\/)/);
    expect(page).toContain("var uPlot=");
    expect(page).toContain('<meta name="viewport"');
    expect(page).toContain("prefers-color-scheme: dark");
  });

  it("shows texts as they are, whatever characters they have", () => {
    expect(page).toContain("<h1>cats &amp; dogs</h1>");
    const [, json = ""] = /<script type="application\/json">(.*?)<\/script>/.exec(page) ?? [];
    expect(JSON.parse(json)).toEqual(chart);
    expect(tableHtml(["<b>"], [['"']])).toContain("<th>&lt;b&gt;</th></tr></thead><tbody><tr><td>&quot;</td>");
  });
});

it("colours a confusion by the share of each class, right ones otherwise than wrong ones", () => {
  const html = confusionHtml(
    ["cat", "dog"],
    [
      [3, 1],
      [0, 0],
    ],
  );
  expect(html).toContain(
    '<td style="background: rgb(var(--good) / 0.57)">3</td><td style="background: rgb(var(--bad) / 0.27)">1</td>',
  );
  expect(html).toContain("<tr><td>dog</td><td></td><td></td></tr>");
});

it("says of a picture what it was taken for, and what it is where that was wrong", () => {
  const picture = { source: "data:,", name: "1.jpg", label: "cat", probability: 0.731 };
  expect(picturesHtml([{ ...picture, predicted: "cat" }])).toContain(
    '<span class="right">cat 73 %</span></figcaption>',
  );
  expect(picturesHtml([{ ...picture, predicted: "dog" }])).toContain('<span class="wrong">dog 73 %</span><br>is cat');
});
