import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, expect, it } from "vitest";

const run = promisify(execFile);
const folder = fileURLToPath(new URL(".", import.meta.url));

/** A forward proxy that notes which hosts it was asked for, whether by a tunnel or by a whole address. */
const proxied: string[] = [];
const proxy = createServer((incoming, outgoing) => {
  const { method, url = "", headers } = incoming;
  proxied.push(new URL(url).host);
  incoming.pipe(
    request(url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    }),
  );
});
proxy.on("connect", ({ url = "" }, socket, head) => {
  proxied.push(url);
  const [host = "", port] = url.split(":");
  const upstream = connect(Number(port), host, () => {
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
  });
  for (const end of [socket, upstream]) end.on("error", () => [socket, upstream].map((one) => one.destroy()));
});

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
});

afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await emulator.close();
});

it.each([
  ["the environment, with --use-env-proxy", ["--use-env-proxy"], "new Flowith(options)"],
  [
    "undici's ProxyAgent as fetch",
    [],
    "new Flowith({ ...options, fetch: (input, init) => undici.fetch(input, { ...init, dispatcher }) })",
  ],
])("takes everything through a proxy by %s", async (_how, flags, client) => {
  const { token, id } = await emulator.createUser();
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  const { port } = proxy.address() as AddressInfo;
  const proxyUrl = `http://127.0.0.1:${port}`;
  const options = JSON.stringify({ token, edgeUrl, supabaseUrl, supabaseKey });
  const script = `
    import { Flowith } from "flowith-webapi";
    import * as undici from "undici";
    const options = ${options};
    const dispatcher = new undici.ProxyAgent(${JSON.stringify(proxyUrl)});
    const flowith = ${client};
    const file = await flowith.uploadFile(new Blob(["a mill by the river"]), { filename: "notes.txt" });
    const { text } = await flowith.generate("Sum up: " + file.reference);
    console.log(text);
    flowith.close();
    process.exit(0);
  `;
  proxied.length = 0;
  const env = { ...process.env, HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl, NO_PROXY: "" };
  const args = [...flags, "--input-type=module", "--eval", script];
  const { stdout } = await run("node", args, { cwd: folder, env, timeout: 40_000 });
  expect(stdout).toContain("mill");
  expect(proxied.length).toBeGreaterThan(0);
  // What had gone round the proxy would be missing there: keep-alive makes a tunnel serve several requests.
  expect(new Set(proxied)).toEqual(new Set([new URL(edgeUrl).host]));
  expect(emulator.journal.list({ user: id }).length).toBeGreaterThan(3);
});
