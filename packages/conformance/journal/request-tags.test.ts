import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { TAG_HEADER, tagRequests, withTag } from "./request-tags.ts";

const tags = new Map<string | undefined, string | string[] | undefined>();
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer(({ url: path, headers }, answer) => {
    tags.set(path, headers[TAG_HEADER]);
    if (path === "/from") answer.writeHead(302, { location: "/to" });
    answer.end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  url = typeof address === "object" ? `http://127.0.0.1:${address?.port}` : "";
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it("lets a request say within which work it was sent, whatever runs beside it", async () => {
  using _tags = tagRequests();
  await Promise.all([
    withTag("one", () => fetch(`${url}/one`)),
    withTag("two", async () => {
      await pause(1);
      return fetch(`${url}/two`);
    }),
    withTag("three", () => fetch(`${url}/from`)),
    fetch(`${url}/none`),
  ]);
  expect(Object.fromEntries(tags)).toEqual({
    "/one": "one",
    "/two": "two",
    "/from": "three",
    "/to": "three",
    "/none": undefined,
  });
});

it("leaves requests alone afterwards", async () => {
  await withTag("late", () => fetch(`${url}/late`));
  expect(tags.get("/late")).toBeUndefined();
});
