import { expect, test } from "vitest";
import { address, parse } from "../src/location";

test("what is made is what is read", () => {
  const made = address("routes", "demo articles GET /articles/{id}?", { filter: "a&b", none: undefined });
  const read = parse(made);
  expect(read.page).toBe("routes");
  expect(read.id).toBe("demo articles GET /articles/{id}?");
  expect([...read.query]).toEqual([["filter", "a&b"]]);
});

test("an address that somebody broke is no error", () => {
  expect(parse("")).toMatchObject({ page: "", id: undefined });
  expect(parse("#/requests/%zz").id).toBe("%zz");
});
