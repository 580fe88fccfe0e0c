import { escapeHtml } from "./escape.js";

/** A picture with what it is and what it was taken for. */
export interface AnsweredPicture {
  /** As a data URI. */
  readonly source: string;
  readonly name: string;
  readonly label: string;
  readonly predicted: string;
  /** Of `predicted`, 0 to 1. */
  readonly probability: number;
}

/** Pictures in a grid, each with its answer. */
export function picturesHtml(pictures: readonly AnsweredPicture[]): string {
  const figures = pictures.map(({ source, name, label, predicted, probability }) => {
    const right = label === predicted;
    const answer = `<span class="${right ? "right" : "wrong"}">${escapeHtml(predicted)} ${(100 * probability).toFixed(0)} %</span>`;
    const truth = right ? "" : `<br>is ${escapeHtml(label)}`;
    return `<figure><img src="${escapeHtml(source)}" alt="${escapeHtml(name)}" title="${escapeHtml(name)}"><figcaption>${answer}${truth}</figcaption></figure>`;
  });
  return `<div class="pictures">${figures.join("\n")}</div>`;
}
