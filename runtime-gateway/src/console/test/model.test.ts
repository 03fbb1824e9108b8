import { expect, test } from "vitest";
import type { EnvironmentGraph, Flow, Traffic } from "../src/api";
import { around, picture, shape } from "../src/graph/model";

const reader = {
  required: true,
  reads: 0,
  readsPerSecond: 0,
  missed: 0,
  missedPerSecond: 0,
  failed: 0,
  failedPerSecond: 0,
};

const graph: EnvironmentGraph = {
  environment: "demo",
  services: ["articles", "auth", "mail"],
  fields: [
    {
      name: "auth-userId",
      writer: "auth",
      writes: 5,
      writesPerSecond: 0.5,
      readers: [
        { ...reader, service: "articles", reads: 7, missed: 2, missedPerSecond: 0.25 },
        { ...reader, service: "mail", required: false },
      ],
    },
    { name: "shop-cart", writes: 0, writesPerSecond: 0, readers: [{ ...reader, service: "mail" }] },
  ],
};

const flow: Flow = {
  calls: 1,
  clientErrors: 0,
  serverErrors: 0,
  perSecond: 2,
  clientErrorsPerSecond: 0,
  serverErrorsPerSecond: 1,
};
const traffic = { routes: [{ environment: "demo", service: "auth", route: "x", flow }] } as unknown as Traffic;

test("who writes and who reads are edges with what flows over them", () => {
  const { edges } = picture(graph, traffic);
  expect(edges.map(each => [each.from, each.to, each.label])).toEqual([
    ["s:auth", "f:auth:auth-userId", "0.50/s"],
    ["f:auth:auth-userId", "s:articles", "7  ✕ 0.25/s"],
    ["f:auth:auth-userId", "s:mail", ""],
    ["f::shop-cart", "s:mail", ""],
  ]);
  expect(edges[1]).toMatchObject({ errorsPerSecond: 0.25, errors: 2, required: true });
});

test("a field that nobody sets is marked, and a microservice has its calls", () => {
  const { nodes } = picture(graph, traffic);
  expect(nodes.filter(each => each.orphan).map(each => each.name)).toEqual(["shop-cart"]);
  expect(nodes.find(each => each.name === "auth")!.note).toBe("2.00/s  ✕ 1.00/s");
});

test("the layout does not change with what flows", () => {
  expect(shape(picture(graph, traffic))).toBe(shape(picture(graph)));
  expect(shape(picture({ ...graph, services: ["auth"] }))).not.toBe(shape(picture(graph)));
});

test("around a microservice are its fields and all who share them", () => {
  const found = around(picture(graph), "s:articles");
  expect(found.has("s:auth")).toBe(true);
  expect(found.has("s:mail")).toBe(true);
  expect(found.has("f::shop-cart")).toBe(false);
});
