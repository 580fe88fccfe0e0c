import { expect, it } from "vitest";
import { showJson } from "./show-json.js";

it("shows values that cannot be turned into text by themselves", () => {
  expect(showJson(JSON.parse('{ "toString": false }'), 40)).toBe('{"toString":false}');
  expect(showJson("float12", 5)).toBe("float");
  expect(showJson(undefined, 40)).toBe("nothing");
});
