import { describe, expect, test } from "vitest";
import { matches, shown, sorted } from "../src/rows";

describe("a filter", () => {
  test("wants all its words, anywhere, in any case", () => {
    expect(matches("get ART", ["GET /articles", "demo"])).toBe(true);
    expect(matches("get demo", ["GET /articles", "demo"])).toBe(true);
    expect(matches("get x", ["GET /articles", undefined])).toBe(false);
    expect(matches("  ", ["anything"])).toBe(true);
  });
  test("does not find what only two texts together hold", () => {
    expect(matches("xy", ["x", "y"])).toBe(false);
  });
});

describe("an order", () => {
  const rows = [{ n: 2 }, { n: undefined }, { n: 1 }, { n: 2, same: true }];
  test("puts last what has no value, whichever way", () => {
    expect(sorted(rows, row => row.n, false).map(row => row.n)).toEqual([1, 2, 2, undefined]);
    expect(sorted(rows, row => row.n, true).map(row => row.n)).toEqual([2, 2, 1, undefined]);
  });
  test("leaves equal rows as they were, and the list as it is", () => {
    expect(sorted(rows, row => row.n, true)[1]).toBe(rows[3]);
    expect(rows[0]!.n).toBe(2);
  });
});

describe("what is shown of a long table", () => {
  test("is what is in sight, and a few besides", () => {
    expect(shown(10_000, 33, 0, 660)).toEqual({ first: 0, end: 28 });
    expect(shown(10_000, 33, 33 * 5000, 660)).toEqual({ first: 4992, end: 5028 });
  });
  test("is never beyond the end, also if rows went away below a reader", () => {
    expect(shown(10_000, 33, 33 * 9990, 660)).toEqual({ first: 9982, end: 10_000 });
    expect(shown(3, 33, 33 * 5000, 660)).toEqual({ first: 0, end: 3 });
    expect(shown(0, 33, 0, 660)).toEqual({ first: 0, end: 0 });
  });
});
