import { once } from "node:events";
import { connect } from "node:net";
import type { EmulatorUser } from "@flowith-webapi/emulator";
import { Hono } from "hono";
import OpenAI from "openai";
import { afterEach, describe, expect, it } from "vitest";
import { type Listening, listen } from "../cli/listen.ts";
import { useService } from "../testing/service.ts";
import type { RequestEntry } from "./request-entry.ts";

const service = useService();
const servers: Listening[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((each) => each.stop(0)));
});

/** A gateway on Node's server that lets one request in at once, and what it tells of the first whose client has left. */
async function serve(way: "by itself" | "mounted"): Promise<{ url: string; entry: Promise<RequestEntry> }> {
  const { promise: entry, resolve } = Promise.withResolvers<RequestEntry>();
  const onRequest = (each: RequestEntry): void => {
    if (each.outcome === "left") resolve(each);
  };
  const gateway = service.gateway({ maxConcurrent: 1, requestTimeoutMs: 0, bodyTimeoutMs: 0, onRequest });
  const handler = way === "mounted" ? new Hono().mount("/", gateway.fetch).fetch : gateway.fetch;
  const server = await listen(handler, 0, "127.0.0.1");
  servers.push(server);
  return { url: server.url, entry };
}

const request = { model: "gpt-4.1-nano", messages: [{ role: "user" as const, content: "Think long" }] };
const clientOf = (url: string, apiKey: string) => new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });
const left = { status: 499, outcome: "left", code: "client_left", route: "/v1/chat/completions" };

async function thinker(): Promise<EmulatorUser> {
  const user = await service.user();
  service.emulator.faults.arm({ type: "silence", route: "POST /external/use/llm", user: user.id });
  return user;
}

describe.each(["by itself", "mounted"] as const)("the place of a client that goes away is free at once, %s", (way) => {
  it.each([false, true])("before the answer's head, stream: %s", async (stream) => {
    const { id, apiKey } = await thinker();
    const { url, entry } = await serve(way);
    const leaving = new AbortController();
    const asked = clientOf(url, apiKey).chat.completions.create({ ...request, stream }, { signal: leaving.signal });
    const refused = expect(asked).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
    await service.emulator.journal.waitFor({ user: id, route: "POST /external/use/llm" });
    leaving.abort();
    await refused;
    expect(await entry).toMatchObject(left);
    await clientOf(url, (await service.user()).apiKey).models.list();
  });

  it.each(["content-length: 500", "transfer-encoding: chunked"])("with its body half sent, %s", async (length) => {
    const { url, entry } = await serve(way);
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    await once(socket, "connect");
    const head = ["POST /v1/chat/completions HTTP/1.1", "host: gateway", "authorization: Bearer unknown", length];
    socket.write(`${head.join("\r\n")}\r\n\r\n${length.startsWith("t") ? "1\r\n" : ""}{`);
    // The only place is taken once the other is refused.
    const { apiKey } = await service.user();
    const other = () => clientOf(url, apiKey).models.list();
    const isRefused = () =>
      other().then(
        () => false,
        () => true,
      );
    await expect.poll(isRefused, { timeout: 20_000 }).toBe(true);
    socket.destroy();
    expect(await entry).toMatchObject(left);
    await other();
  });
});

it("a body that nobody reads, of HEAD, holds no place", async () => {
  const user = await service.user();
  const { url } = await serve("by itself");
  const openai = clientOf(url, user.token);
  const { id } = await openai.files.create({ file: new File(["words"], "words.txt"), purpose: "user_data" });
  const headers = { authorization: `Bearer ${user.token}` };
  const answer = await fetch(`${url}/v1/files/${encodeURIComponent(id)}/content`, { method: "HEAD", headers });
  expect(answer.status).toBe(200);
  await openai.models.list();
});
