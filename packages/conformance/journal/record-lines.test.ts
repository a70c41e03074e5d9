import { expect, it } from "vitest";
import { type ReceivedRequest, recordLines } from "./record-lines.ts";

const addresses = { emulator: "http://127.0.0.1:4000", files: "http://localhost:4000" };
const ids = ["10000000-0000-4000-8000-000000000000", "20000000-0000-4000-8000-000000000000"];

function received(method: string, path: string, more: Partial<ReceivedRequest> = {}): ReceivedRequest {
  return { method, host: "127.0.0.1:4000", path, query: "", headers: {}, body: null, ...more };
}

function lines(...requests: readonly ReceivedRequest[]): Promise<string[]> {
  return recordLines(new Map([["text: a case", requests]]), addresses);
}

it("counts requests that are the same but for ids, times, addresses and the order of fields", async () => {
  const headers = {
    "content-type": "application/json",
    host: "127.0.0.1:4000",
    "x-journal-tag": "7.1",
    referer: "http://127.0.0.1:4000/a",
  };
  const first = { nodeId: ids[0], at: "2026-01-01T00:00:00Z", file: "http://localhost:4000/files/a" };
  const second = { file: "http://localhost:4000/files/a", at: "2026-01-02T10:00:00Z", nodeId: ids[1] };
  const bodies = [first, second].map((body) => received("POST", "/x", { headers, body: JSON.stringify(body) }));
  expect(await lines(...bodies)).toEqual([
    '{"case":"text: a case","times":2,"request":"POST /x","query":{},"headers":{"content-type":"application/json","referer":"<emulator>/a"},' +
      '"body":{"at":"<time>","file":"<files>/files/a","nodeId":"<uuid 1>"}}',
  ]);
});

it("keeps requests apart that differ in anything else, whatever their order", async () => {
  const requests = [
    received("GET", "/x"),
    received("GET", "/x", { query: "?a=1" }),
    received("GET", "/x", { query: "?a=2&a=1" }),
    received("GET", "/x", { headers: { accept: "*/*" } }),
    received("PUT", "/x"),
    received("PUT", "/x", { body: "1" }),
  ];
  const written = await lines(...requests);
  expect(written).toHaveLength(6);
  expect(await lines(...requests.reverse())).toEqual(written);
});

it("leaves out where in a shared table a page begins", async () => {
  const page = (row: number): ReceivedRequest =>
    received("GET", "/rest/v1/discuss", { query: `?or=(created_at.is.null,id.lt."${row}")&id=neq.7` });
  expect(await lines(page(47))).toEqual(await lines(page(147)));
});

it("leaves the boundary of a form out", async () => {
  const form = (boundary: string): ReceivedRequest =>
    received("POST", "/file/store", { headers: { "content-type": `multipart/form-data; boundary=${boundary}` } });
  expect(await lines(form("a"), form("b"))).toMatchObject([expect.stringContaining('"times":2')]);
});

it("does not count how often a stream was opened", async () => {
  const open = received("GET", "/user_stream/stream");
  expect(await lines(open)).toEqual(await lines(open, open));
});

it("notes once for all cases that rows were asked for, and not of how many jobs", async () => {
  const ask = (query: string): ReceivedRequest => received("GET", "/rest/v1/flow_node", { query });
  const written = await recordLines(
    new Map([
      ["text: one", [ask(`?id=in.(${ids[0]})`)]],
      ["text: two", [ask(`?id=in.(${ids.join()})`), ask(`?id=eq.${ids[0]}`)]],
    ]),
    addresses,
  );
  expect(written).toEqual([
    '{"case":"text: one","times":0}',
    '{"case":"text: two","times":1,"request":"GET /rest/v1/flow_node","query":{"id":"eq.<uuid 1>"},"headers":{},"body":null}',
    '{"case":"any","times":"some","request":"GET /rest/v1/flow_node","query":{"id":"in.(…)"},"headers":{},"body":null}',
  ]);
});
