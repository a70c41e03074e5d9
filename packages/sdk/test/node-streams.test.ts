// What Node's own streams and requests are to uploadFile.
import { once } from "node:events";
import { createReadStream, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { Flowith, type UploadOptions } from "flowith-webapi";
import { afterAll, beforeAll, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "flowith-streams-"));
const file = join(folder, "letters.txt");
writeFileSync(file, "abcdefgh");
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

async function newFlowith(): Promise<{ flowith: Flowith; stored: () => number }> {
  const { id, token } = await emulator.createUser();
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  const stored = () => emulator.journal.list({ user: id, route: "POST /file/store" }).length;
  return { flowith: new Flowith({ token, edgeUrl, supabaseUrl, supabaseKey }), stored };
}

const content = async (url: string): Promise<string> => (await fetch(url)).text();

/** Descriptors of this process that point at the file; only where the system shows them. */
function descriptors(): number {
  const links = readdirSync("/proc/self/fd").map((name) => {
    try {
      return readlinkSync(`/proc/self/fd/${name}`);
    } catch {
      return "";
    }
  });
  return links.filter((link) => link === file).length;
}

it("stores the part of a file that its stream reads, and leaves no descriptor open", async () => {
  const { flowith } = await newFlowith();
  const { url } = await flowith.uploadFile(createReadStream(file, { start: 2, end: 4 }), { filename: "part.txt" });
  expect(await content(url)).toBe("cde");
  expect(descriptors()).toBe(0);
});

it("closes a file stream that it refuses for its size", async () => {
  const { flowith, stored } = await newFlowith();
  const stream = createReadStream(file, { highWaterMark: 2 });
  await expect(flowith.uploadFile(stream, { maxBytes: 3 })).rejects.toMatchObject({ name: "InvalidArgumentError" });
  if (!stream.closed) await once(stream, "close");
  expect(descriptors()).toBe(0);
  expect(stored()).toBe(0);
});

it.each<[string, (flowith: Flowith, stream: Readable) => Promise<unknown>]>([
  ["a wrong option", (flowith, stream) => flowith.uploadFile(stream, { maxBytes: -1 })],
  ["an aborted signal", (flowith, stream) => flowith.uploadFile(stream, { signal: AbortSignal.abort() })],
  ["another picture", (flowith, stream) => flowith.generate("What is this?", { images: ["missing.png", stream] })],
  [
    "a size that the model does not have",
    (flowith, stream) => flowith.generateImage("A cat", { images: [stream], imageSize: "none" }),
  ],
])("closes a file stream that it does not come to read for %s", async (_what, call) => {
  const { flowith, stored } = await newFlowith();
  const stream = createReadStream(file);
  await once(stream, "open");
  await expect(call(flowith, stream)).rejects.toThrow();
  await expect.poll(() => stream.closed).toBe(true);
  expect(descriptors()).toBe(0);
  expect(stored()).toBe(0);
});

it("ends a stream that stands still when the caller aborts", async () => {
  const { flowith } = await newFlowith();
  const stuck = new Readable({ read: () => undefined });
  stuck.push("x");
  const reason = new Error("enough");
  const controller = new AbortController();
  const upload = flowith.uploadFile(stuck, { signal: controller.signal });
  await expect.poll(() => stuck.readableDidRead).toBe(true);
  controller.abort(reason);
  await expect(upload).rejects.toBe(reason);
  expect(stuck.destroyed).toBe(true);
});

it.each([
  ["to its end", async (stream: Readable) => void (await stream.toArray())],
  ["in part", async (stream: Readable) => void (await once(stream, "readable").then(() => stream.read()))],
])("refuses a stream that was read %s before", async (_how, read) => {
  const { flowith, stored } = await newFlowith();
  const stream = createReadStream(file);
  await read(stream);
  await expect(flowith.uploadFile(stream)).rejects.toThrow(/being read already, or has been/);
  stream.destroy();
  expect(stored()).toBe(0);
});

it("refuses a stream that another upload reads, and stores it whole for the first", async () => {
  const { flowith, stored } = await newFlowith();
  const stream = createReadStream(file);
  const first = flowith.uploadFile(stream);
  await expect(flowith.uploadFile(stream)).rejects.toThrow(/being read already, or has been/);
  expect(await content((await first).url)).toBe("abcdefgh");
  expect(stored()).toBe(1);
});

it.each<[string, () => Readable]>([
  ["before it was opened", () => createReadStream(file).destroy()],
  ["before it was read", () => Readable.from([Buffer.from("abc")]).destroy()],
])("refuses a stream that was closed %s, which gives no byte of the file", async (_when, closed) => {
  const { flowith, stored } = await newFlowith();
  const refused = { name: "InvalidArgumentError", message: expect.stringContaining("has been") };
  await expect(flowith.uploadFile(closed())).rejects.toMatchObject(refused);
  // What broke it is told as it is.
  const broken = closed().on("error", () => undefined);
  const failing = Readable.from([Buffer.from("abc")]).on("error", () => undefined);
  failing.destroy(new Error("the disk is gone"));
  await expect(flowith.uploadFile(failing)).rejects.toThrow("the disk is gone");
  await expect(flowith.uploadFile(broken)).rejects.toMatchObject(refused);
  expect(stored()).toBe(0);
});

it("refuses a stream of texts or objects", async () => {
  const { flowith, stored } = await newFlowith();
  const texts = createReadStream(file, { encoding: "utf8" });
  for (const stream of [texts, Readable.from([{ a: 1 }])]) {
    await expect(flowith.uploadFile(stream)).rejects.toThrow(/must give bytes .*setEncoding and objectMode/);
    expect(stream.destroyed).toBe(true);
  }
  expect(stored()).toBe(0);
});

/** Posts to a server that uploads what it is sent. @returns status and text of its answer */
async function posted(flowith: Flowith, body: string, options: UploadOptions): Promise<[number, string]> {
  const server = createServer((request: IncomingMessage & { path?: string }, response) => {
    // As Express has it.
    request.path = request.url ?? "";
    flowith.uploadFile(request, { filename: "body.txt", ...options }).then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  try {
    const answer = await fetch(`http://127.0.0.1:${port}${file}`, { method: "POST", body });
    return [answer.status, await answer.text()];
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

it("stores the body of a server's request, whatever path the request names", async () => {
  const { flowith } = await newFlowith();
  const [status, url] = await posted(flowith, "from the caller", {});
  expect(status).toBe(200);
  expect(await content(url)).toBe("from the caller");
});

it.each([
  ["before it is read", { maxBytes: -1 }],
  ["while it is read", { maxBytes: 3 }],
])("leaves a server its connection to answer by, where the upload is refused %s", async (_when, options) => {
  const { flowith } = await newFlowith();
  const [status, said] = await posted(flowith, "from the caller", options);
  expect([status, said]).toEqual([400, expect.stringContaining("InvalidArgumentError: uploadFile:")]);
});
