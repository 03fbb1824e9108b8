import { expect, test } from "vitest";
import { bytes, count, millis, percent, rate, span, time } from "../src/format";

test.each([
  [0, "0"],
  [0.004, "<0.01"],
  [1.234, "1.23"],
  [12.34, "12.3"],
  [1234.5, "1,235"],
])("a rate of %d is %s", (found, text) => expect(rate(found)).toBe(text));

test.each([
  [undefined, "–"],
  [1.26, "1.3 ms"],
  [99.6, "100 ms"],
  [1500, "1.50 s"],
  [12_345, "12.3 s"],
])("a time of %d is %s", (found, text) => expect(millis(found)).toBe(text));

test("a share is 0 only if there is nothing", () => {
  expect(percent(0, 10)).toBe("0 %");
  expect(percent(3, 0)).toBe("0 %");
  expect(percent(1, 10_000)).toBe("<0.1 %");
  expect(percent(1, 3)).toBe("33 %");
});

test.each([
  [0, "0 s"],
  [59, "59 s"],
  [90, "1 min 30 s"],
  [3600, "1 h"],
  [90_000, "1 d 1 h"],
  [-5, "0 s"],
])("%d seconds are %s", (seconds, text) => expect(span(seconds)).toBe(text));

test("the day is told if it is another one", () => {
  const now = new Date(2026, 10, 28, 12, 0, 0);
  expect(time(new Date(2026, 10, 28, 9, 5, 7).toISOString(), now)).toBe("09:05:07");
  expect(time(new Date(2026, 10, 27, 9, 5, 7, 42).toISOString(), now, true)).toBe("2026-11-27 09:05:07.042");
});

test("sizes and counts", () => {
  expect([bytes(12), bytes(2048), bytes(3 << 20)]).toEqual(["12 B", "2.0 KiB", "3.0 MiB"]);
  expect(count(1_234_567)).toBe("1,234,567");
});
