import axios from "axios";
import { createElement, StrictMode } from "react";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, expect, test } from "vitest";
import { throughKinto } from "../src/axios.js";
import { createClient, type KintoClient } from "../src/index.js";
import { KintoProvider, useKinto, useSession } from "../src/react.js";
import { FakeGateway } from "./gateway.js";

let gateway: FakeGateway;
let kinto: KintoClient;

beforeEach(async () => {
  gateway = await FakeGateway.start();
  kinto = createClient({ baseUrl: gateway.url, clientId: "demo", clientSecret: "demo-secret" });
});

afterEach(() => gateway.stop());

test("axios calls through the client", async () => {
  const http = axios.create(throughKinto(kinto));
  expect((await http.get("a/x")).data).toBe("hello");
  gateway.behave({ ends: "token-1" });
  await expect(http.post("a/x", { one: 1 })).rejects.toMatchObject({ response: { status: 401 } });
  expect((await http.post("a/x", { one: 1 })).data).toEqual({ one: 1 });
  expect(gateway.count("POST /auth")).toBe(2);
});

function Account() {
  const status = useSession();
  return createElement("p", null, `${status} ${useKinto() === kinto}`);
}

test("React renders on the server, where nobody has a session yet", async () => {
  await kinto.fetch("a/x");
  const app = createElement(StrictMode, null, createElement(KintoProvider, { client: kinto }, createElement(Account)));
  expect(renderToString(app)).toBe("<p>none true</p>");
});

test("a component without a provider says what it lacks", () => {
  expect(() => renderToString(createElement(Account))).toThrow(/need <KintoProvider/);
});

test("who subscribed hears of each change, and of none after the end", async () => {
  const heard: string[] = [];
  const end = kinto.subscribe(() => heard.push(kinto.status));
  expect(kinto.status).toBe("none");
  await kinto.fetch("a/x");
  expect(heard.at(-1)).toBe("active");
  await kinto.endSession();
  expect(heard.at(-1)).toBe("ended");
  end();
  heard.length = 0;
  await kinto.fetch("a/x");
  expect(heard).toEqual([]);
});
