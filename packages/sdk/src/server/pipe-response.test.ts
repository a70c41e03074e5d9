import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { connect as connectHttp2, createServer as createHttp2Server } from "node:http2";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, expect, it, vi } from "vitest";
import { pipeResponse } from "./pipe-response.ts";

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function portOf(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** A server of this handler. `ends` is how each of its answers ended. */
async function serve(handler: (req: IncomingMessage, res: ServerResponse) => Promise<void>) {
  const ends: Promise<unknown>[] = [];
  const listener: RequestListener = (req, res) => {
    ends.push(handler(req, res).catch((error) => error));
  };
  const server = createServer(listener);
  const port = await portOf(server);
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port, url: `http://127.0.0.1:${port}/`, ends, server };
}

/** A connection that has sent this. `received` is what came so far, `ended` all of it once the server has closed it. */
function open(port: number, sent: string) {
  const socket = connect(port, "127.0.0.1");
  closing.push(() => socket.destroy());
  let received = "";
  socket.setEncoding("latin1").on("data", (part) => {
    received += part;
  });
  const ended = new Promise<{ received: string; error: unknown }>((resolve) => {
    let failure: unknown;
    socket.on("error", (error) => {
      failure = error;
    });
    socket.on("close", () => resolve({ received, error: failure }));
  });
  socket.write(sent);
  return { socket, ended, received: () => received };
}

const GET = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";
const LAST = "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";

/** A body that says what it is told to, and whether it was left. */
function source(...parts: string[]) {
  const cancel = vi.fn();
  let controls: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controls = controller;
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
    },
    cancel,
  });
  if (controls === undefined) throw new Error("a stream starts at once");
  return { body, cancel, controls };
}

/** What can be read for ever, and how many bytes of it were. */
function endless(sizeBytes: number, part = new Uint8Array(65_536)) {
  let read = 0;
  const cancel = vi.fn();
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    read += part.byteLength;
    controller.enqueue(part);
    if (read >= sizeBytes) controller.close();
  };
  return { body: new ReadableStream<Uint8Array>({ pull, cancel }, { highWaterMark: 0 }), read: () => read, cancel };
}

it("sends status, words and headers, each cookie by itself, beside what middleware has set", async () => {
  const { port } = await serve((_req, res) => {
    res.setHeader("set-cookie", "session=1");
    res.setHeader("vary", "Origin");
    res.setHeader("content-type", "text/html");
    const headers = new Headers({ "content-type": "text/plain", vary: "Accept", connection: "keep-alive, X-Hop" });
    for (const [name, value] of Object.entries({ "x-hop": "1", "keep-alive": "timeout=99", te: "x", "x-name": "é" }))
      headers.set(name, value);
    for (const cookie of ["a=1; Path=/", "b=2, 3"]) headers.append("set-cookie", cookie);
    return pipeResponse(new Response("Hello", { status: 418, statusText: "Tea", headers }), res);
  });
  const { received } = await open(port, LAST).ended;
  const [head = "", body] = received.split("\r\n\r\n5\r\n");
  const lines = head.split("\r\n").filter((line) => !line.startsWith("Date:"));
  expect(lines).toEqual([
    "HTTP/1.1 418 Tea",
    "set-cookie: session=1",
    "set-cookie: a=1; Path=/",
    "set-cookie: b=2, 3",
    "vary: Origin",
    "vary: Accept",
    "content-type: text/plain",
    "x-name: é",
    "Connection: close",
    "Transfer-Encoding: chunked",
  ]);
  expect(body).toBe("Hello\r\n0\r\n\r\n");
});

it("leaves out what was said of another body, whose bytes a client would wait for or try to decode", async () => {
  const { url } = await serve((_req, res) => {
    const of = { "content-length": "1000", "content-encoding": "gzip", "content-range": "bytes 0-999/1000" };
    for (const [name, value] of Object.entries(of)) res.setHeader(name, value);
    return pipeResponse(new Response("Hello"), res);
  });
  const response = await fetch(url);
  expect(await response.text()).toBe("Hello");
  for (const name of ["content-length", "content-encoding", "content-range"])
    expect(response.headers.get(name)).toBeNull();
});

it("sends headers before the first part of the body is there", async () => {
  const { body, controls } = source();
  const { url } = await serve((_req, res) => pipeResponse(new Response(body), res));
  const response = await fetch(url);
  controls.enqueue(new TextEncoder().encode("late"));
  controls.close();
  expect(await response.text()).toBe("late");
});

it("hands on what fetch has decoded, without the length and the encoding that it had", async () => {
  const text = "a".repeat(10_000);
  const origin = await serve(async (_req, res) => {
    const zipped = gzipSync(text);
    res.writeHead(200, { "content-encoding": "gzip", "content-length": zipped.byteLength }).end(zipped);
  });
  const relay = await serve((_req, res) => pipeResponse(fetch(origin.url), res));
  const response = await fetch(relay.url);
  expect(await response.text()).toBe(text);
  expect(response.headers.get("content-encoding")).toBeNull();
  expect(response.headers.get("content-length")).toBeNull();
});

it("keeps the length of a body that has it", async () => {
  const { url } = await serve((_req, res) =>
    pipeResponse(new Response("Hello", { headers: { "content-length": "5" } }), res),
  );
  const response = await fetch(url);
  expect([response.headers.get("content-length"), await response.text()]).toEqual(["5", "Hello"]);
});

it.each([
  ["GET", 204],
  ["GET", 205],
  ["GET", 304],
  ["HEAD", 200],
])("sends no body with %s and %i, and the connection serves on", async (method, status) => {
  const { body, cancel } = source("Hello");
  const { port, ends } = await serve((req, res) => {
    if (req.url !== "/") return pipeResponse(new Response("next"), res);
    const isHead = method === "HEAD";
    const headers = { "content-length": "5", etag: '"x"' };
    return pipeResponse(new Response(isHead ? body : null, { status, headers }), res);
  });
  const { received } = await open(port, GET.replace("GET", method) + LAST.replace("/", "/next")).ended;
  const [head, next = ""] = received.split(/\r\n\r\n(?=HTTP)/);
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} [\\s\\S]*etag: "x"`));
  expect(head?.includes("content-length: 5")).toBe(method === "HEAD" || status === 304);
  expect(next).toMatch(/^HTTP\/1.1 200 OK[\s\S]*\r\n4\r\nnext\r\n0\r\n\r\n$/);
  expect(await Promise.all(ends)).toEqual([undefined, undefined]);
  if (method === "HEAD") expect(cancel).toHaveBeenCalled();
});

it("refuses what was read, has no status or is no response, before anything is sent", async () => {
  const read = new Response("x");
  await read.text();
  const locked = new Response("x");
  locked.body?.getReader();
  const wrong = [
    read,
    locked,
    Response.error(),
    undefined,
    { toResponse() {} },
    new Response("", { headers: { x: "\x01" } }),
  ];
  const messages: string[] = [];
  const { url } = await serve(async (_req, res) => {
    for (const response of wrong)
      await pipeResponse(response as Response, res).catch(({ name, message }) => messages.push(`${name} ${message}`));
    await pipeResponse(Promise.resolve(new Response("well")), res);
  });
  expect(await (await fetch(url)).text()).toBe("well");
  expect(messages).toEqual([
    expect.stringMatching(/^InvalidArgumentError .*was read already/),
    expect.stringMatching(/^InvalidArgumentError .*was read already/),
    expect.stringMatching(/^InvalidArgumentError .*the status 0/),
    expect.stringMatching(/^InvalidArgumentError .*no Response/),
    expect.stringMatching(/^InvalidArgumentError .*pass toResponse/),
    expect.stringMatching(/^InvalidArgumentError .*the header x /),
  ]);
});

it("lets go of the body where the response is none of node:http, or was begun or ended already", async () => {
  const bodies = Array.from({ length: 4 }, () => source("x"));
  const [none, begun, ended, over] = bodies.map(({ body }) => new Response(body));
  const errors: unknown[] = [];
  const attempt = (response: Response | undefined, res: unknown): Promise<unknown> =>
    pipeResponse(response as Response, res as ServerResponse).catch((error) => errors.push(error));
  const { url, ends } = await serve(async (_req, res) => {
    await attempt(none, { code: () => undefined });
    res.write("Hello");
    await attempt(begun, res);
    res.end();
    await attempt(ended, res);
    await once(res, "close");
    await attempt(over, res);
  });
  expect(await (await fetch(url)).text()).toBe("Hello");
  await Promise.all(ends);
  expect(errors.map(String)).toEqual([
    expect.stringMatching(/^InvalidArgumentError: .*pass reply.raw/),
    ...Array(3).fill(expect.stringMatching(/^InvalidArgumentError: .*sent already/)),
  ]);
  for (const { cancel } of bodies) expect(cancel).toHaveBeenCalled();
});

it("rejects with what a promise of a response rejects with, and sends nothing", async () => {
  const failure = new Error("no");
  const { url } = await serve(async (_req, res) => {
    await pipeResponse(Promise.reject(failure), res).catch((error) =>
      res.writeHead(error === failure ? 503 : 500).end(),
    );
  });
  expect((await fetch(url)).status).toBe(503);
});

it("holds back the source of a slow reader, so that memory stays flat", async () => {
  const sizeBytes = 128 * 1024 * 1024;
  const { body, read } = endless(sizeBytes);
  let writesWithoutRoom = 0;
  const { port, ends } = await serve((_req, res) => {
    const write = res.write.bind(res);
    res.write = (part: unknown): boolean => {
      if (res.writableNeedDrain) writesWithoutRoom++;
      return write(part);
    };
    return pipeResponse(new Response(body), res);
  });
  const socket = connect(port, "127.0.0.1");
  closing.push(() => socket.destroy());
  let receivedBytes = 0;
  let mostHeldBytes = 0;
  socket.on("data", (part) => {
    receivedBytes += part.byteLength;
    mostHeldBytes = Math.max(mostHeldBytes, read() - receivedBytes);
    socket.pause();
    setImmediate(() => socket.resume());
  });
  socket.write(LAST);
  await once(socket, "close");
  expect(receivedBytes).toBeGreaterThan(sizeBytes);
  expect(writesWithoutRoom).toBe(0);
  // The system's own buffers of the two sockets.
  expect(mostHeldBytes).toBeLessThan(32 * 1024 * 1024);
  expect(await Promise.all(ends)).toEqual([undefined]);
});

it("cancels the source when the client leaves, and resolves", async () => {
  const { body, cancel } = source("Hello");
  const { port, ends } = await serve((_req, res) => pipeResponse(new Response(body), res));
  const client = open(port, GET);
  await once(client.socket, "data");
  client.socket.destroy();
  await vi.waitFor(() => expect(cancel).toHaveBeenCalled());
  expect(cancel.mock.calls[0]).toEqual([expect.objectContaining({ name: "AbortError" })]);
  expect(await Promise.all(ends)).toEqual([undefined]);
});

it("cancels the source when a client leaves that had stopped reading", async () => {
  const { body, cancel } = endless(Number.POSITIVE_INFINITY);
  const { port, ends } = await serve((_req, res) => pipeResponse(new Response(body), res));
  const client = open(port, GET);
  await once(client.socket, "data");
  client.socket.pause();
  client.socket.destroy();
  await vi.waitFor(() => expect(cancel).toHaveBeenCalled());
  expect(await Promise.all(ends)).toEqual([undefined]);
});

it.each(["resolves", "rejects"])(
  "is quiet when the client leaves before the response is there, which then %s",
  async (how) => {
    const { body, cancel } = source("Hello");
    let give: ((response: Promise<Response>) => void) | undefined;
    const response = new Promise<Response>((resolve) => {
      give = resolve;
    });
    let left: Promise<unknown> | undefined;
    const { port, ends } = await serve((_req, res) => {
      left = once(res, "close");
      return pipeResponse(response, res);
    });
    const client = open(port, GET);
    await vi.waitFor(() => expect(left).toBeDefined());
    client.socket.destroy();
    await left;
    give?.(how === "resolves" ? Promise.resolve(new Response(body)) : Promise.reject(new Error("aborted")));
    expect(await Promise.all(ends)).toEqual([undefined]);
    expect(cancel).toHaveBeenCalledTimes(how === "resolves" ? 1 : 0);
  },
);

it("is quiet when the client has left before it is called", async () => {
  const { body, cancel } = source("Hello");
  const { port, ends } = await serve(async (_req, res) => {
    await once(res, "close");
    await pipeResponse(new Response(body), res);
  });
  const client = open(port, GET);
  await vi.waitFor(() => expect(ends).toHaveLength(1));
  client.socket.destroy();
  expect(await Promise.all(ends)).toEqual([undefined]);
  expect(cancel).toHaveBeenCalled();
});

it("is no error that the source fails by being cancelled", async () => {
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode("Hello")),
    pull: () => new Promise<void>(() => undefined),
    cancel: () => Promise.reject(new Error("cannot")),
  });
  const { port, ends } = await serve((_req, res) => pipeResponse(new Response(body), res));
  const client = open(port, GET);
  await once(client.socket, "data");
  client.socket.destroy();
  await vi.waitFor(() => expect(ends).toHaveLength(1));
  expect(await Promise.all(ends)).toEqual([undefined]);
});

it("breaks the connection where the source fails, and rejects with its reason", async () => {
  const failure = new Error("The disk is gone.");
  const { body, controls } = source("Hello");
  const { port, ends, server } = await serve((_req, res) => pipeResponse(new Response(body), res));
  const clientError = vi.fn();
  server.on("clientError", clientError);
  const client = open(port, GET);
  await vi.waitFor(() => expect(client.received()).toMatch(/Hello/));
  controls.error(failure);
  expect((await client.ended).received).toMatch(/\r\n5\r\nHello\r\n$/);
  expect(await Promise.all(ends)).toEqual([failure]);
  expect(clientError).not.toHaveBeenCalled();
});

it("resets the connection of an HTTP/1.0 client where the source fails; its end would be that of a whole body", async () => {
  const { body, controls } = source("Hello");
  const { port, ends } = await serve((_req, res) => pipeResponse(new Response(body), res));
  const client = open(port, "GET / HTTP/1.0\r\n\r\n");
  await vi.waitFor(() => expect(client.received()).toMatch(/Hello/));
  controls.error(new Error("gone"));
  expect(await client.ended).toMatchObject({ error: { code: "ECONNRESET" } });
  expect(await Promise.all(ends)).toEqual([new Error("gone")]);
});

it("sends to an HTTP/1.0 client what it can read", async () => {
  const { port } = await serve((_req, res) => pipeResponse(new Response("Hello"), res));
  expect((await open(port, "GET / HTTP/1.0\r\n\r\n").ended).received).toMatch(/^HTTP\/1.1 200 OK[\s\S]*\r\n\r\nHello$/);
});

it.each(["3", "9"])("breaks the connection where the body has 5 bytes and its length says %s", async (length) => {
  const { body, controls, cancel } = source("Hello");
  if (length === "9") controls.close();
  const { url, ends } = await serve((_req, res) =>
    pipeResponse(new Response(body, { headers: { "content-length": length } }), res),
  );
  await expect(fetch(url).then((response) => response.text())).rejects.toThrow();
  expect(await Promise.all(ends)).toEqual([expect.objectContaining({ name: "ResponseShapeError" })]);
  if (length === "3") expect(cancel).toHaveBeenCalled();
});

it("breaks the connection where a part of the body is no bytes", async () => {
  const body = new ReadableStream({ start: (controller) => controller.enqueue("text") });
  const { port, ends } = await serve((_req, res) => pipeResponse(new Response(body), res));
  await open(port, GET).ended;
  expect(await Promise.all(ends)).toEqual([expect.objectContaining({ name: "InvalidArgumentError" })]);
});

it("lets go of the source where something else ends the response, and says so", async () => {
  const { body, cancel } = source("Hello");
  let other: ServerResponse | undefined;
  const { url, ends } = await serve((_req, res) => {
    other = res;
    return pipeResponse(new Response(body), res);
  });
  const response = await fetch(url);
  other?.end();
  expect(await response.text()).toBe("Hello");
  expect(await Promise.all(ends)).toEqual([expect.objectContaining({ name: "InvalidArgumentError" })]);
  expect(cancel).toHaveBeenCalled();
});

it("answers pipelined requests in their order", async () => {
  let time = 0;
  const { port, ends } = await serve((_req, res) =>
    pipeResponse(new Response(`${++time}.${"x".repeat(100_000)}`), res),
  );
  const { received } = await open(port, GET.repeat(4) + LAST).ended;
  expect(received.match(/\d\.x/g)).toEqual(["1.x", "2.x", "3.x", "4.x", "5.x"]);
  expect(received.match(/x{100000}/g)).toHaveLength(5);
  expect(await Promise.all(ends)).toEqual(Array(5).fill(undefined));
});

it("lets go of a pipelined answer whose turn never comes", async () => {
  const bodies = [source("first"), endless(Number.POSITIVE_INFINITY), source("third")];
  let time = 0;
  const { port, ends } = await serve((_req, res) => {
    const emit = res.emit.bind(res);
    // Node 22 and Deno tell such a one nothing.
    res.emit = (name: string, ...args: unknown[]): boolean =>
      name === "close" && res.socket === null ? false : emit(name, ...args);
    return pipeResponse(new Response(bodies[time++]?.body), res);
  });
  const client = open(port, GET.repeat(3));
  await vi.waitFor(() => expect(ends).toHaveLength(3));
  client.socket.destroy();
  expect(await Promise.all(ends)).toEqual(Array(3).fill(undefined));
  for (const { cancel } of bodies) expect(cancel).toHaveBeenCalled();
});

it("breaks the connection where the source of a pipelined answer fails before its turn", async () => {
  const first = source("first");
  const second = source("second");
  let time = 0;
  const { port, ends } = await serve((_req, res) => pipeResponse(new Response([first, second][time++]?.body), res));
  const client = open(port, GET.repeat(2));
  await vi.waitFor(() => expect(ends).toHaveLength(2));
  second.controls.error(new Error("gone"));
  await client.ended;
  expect(await Promise.all(ends)).toEqual([undefined, new Error("gone")]);
  expect(first.cancel).toHaveBeenCalled();
});

it("leaves no listener on a connection that is used again", async () => {
  const sockets = new Set<Socket>();
  const { port } = await serve(async (req, res) => {
    sockets.add(req.socket);
    await pipeResponse(new Response("x"), res);
  });
  const client = open(port, GET);
  const counts: number[] = [];
  // Three at once, of which two wait for their turn.
  for (const answers of [1, 4, 7]) {
    await vi.waitFor(() => expect(client.received().match(/\r\n0\r\n/g)).toHaveLength(answers));
    counts.push([...sockets][0]?.listenerCount("close") ?? 0);
    client.socket.write(GET.repeat(3));
  }
  expect(sockets.size).toBe(1);
  expect(new Set(counts).size).toBe(1);
});

it("serves a hundred at once, of which half leave", async () => {
  const { url, ends } = await serve((_req, res) => pipeResponse(new Response(endless(1_000_000).body), res));
  const sizes = await Promise.all(
    Array.from({ length: 100 }, async (_, place) => {
      const response = await fetch(url);
      if (place % 2 === 0) return (await response.arrayBuffer()).byteLength;
      return response.body?.cancel();
    }),
  );
  expect(sizes.filter((size) => size !== undefined)).toEqual(Array(50).fill(1_048_576));
  expect(await Promise.all(ends)).toEqual(Array(100).fill(undefined));
});

it("over HTTP/2 sends, warns of nothing, is left, and breaks a stream so that it is seen", async () => {
  const warned = vi.fn();
  process.on("warning", warned);
  closing.push(() => process.off("warning", warned));
  const left = source("Hello");
  const failing = source("Hello");
  const bodies: Record<string, BodyInit | null> = { "/left": left.body, "/failing": failing.body, "/null": null };
  const ends: Promise<unknown>[] = [];
  const server = createHttp2Server((req, res) => {
    const headers = { connection: "keep-alive", "transfer-encoding": "chunked", "x-name": "1" };
    const body = req.url in bodies ? bodies[req.url] : "Hello";
    ends.push(pipeResponse(new Response(body, { statusText: "Fine", headers }), res).catch((error) => error));
  });
  const session = connectHttp2(`http://127.0.0.1:${await portOf(server)}`);
  closing.push(() => {
    session.destroy();
    server.close();
  });
  const ask = async (path: string, method = "GET") => {
    const stream = session.request({ ":path": path, ":method": method });
    const [headers] = await once(stream, "response");
    return { stream: stream.setEncoding("utf8"), headers };
  };
  const texts: string[] = [];
  for (const [path, method] of [["/"], ["/null"], ["/", "HEAD"]] as const) {
    const { stream, headers } = await ask(path, method);
    expect(headers).toMatchObject({ ":status": 200, "x-name": "1" });
    let text = "";
    for await (const part of stream) text += part;
    texts.push(text);
  }
  expect(texts).toEqual(["Hello", "", ""]);
  (await ask("/left")).stream.close(8);
  await vi.waitFor(() => expect(left.cancel).toHaveBeenCalled());
  const { stream } = await ask("/failing");
  await once(stream, "data");
  const broken = once(stream, "error");
  failing.controls.error(new Error("gone"));
  expect(String(await broken)).toMatch(/INTERNAL_ERROR/);
  expect(await Promise.all(ends)).toEqual([undefined, undefined, undefined, undefined, new Error("gone")]);
  expect(warned).not.toHaveBeenCalled();
});
