import { once } from "node:events";
import { createServer, request, type Server } from "node:http";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { Flowith } from "flowith-webapi";
import { afterAll, beforeAll, expect, it } from "vitest";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ replay: false, seed: false });
});

afterAll(() => emulator.close());

/**
 * A load balancer that has closed a connection which was kept alive, in the moment in which it is used again: of each one, the
 * first request to the tables is answered and the second one is not.
 */
async function openBalancer(): Promise<{ server: Server; url: string; closed: string[] }> {
  const closed: string[] = [];
  const used = new WeakSet<object>();
  const server = createServer((incoming, outgoing) => {
    const { socket, method = "GET", url = "/", headers } = incoming;
    const isWrite = method !== "GET" && url.startsWith("/rest/");
    if (isWrite && used.has(socket)) {
      closed.push(`${method} ${url.split("?")[0]}`);
      socket.destroy();
      return;
    }
    used.add(socket);
    const inner = request(new URL(url, emulator.url), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    inner.on("error", () => socket.destroy());
    outgoing.on("close", () => inner.destroy());
    incoming.pipe(inner);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { server, url: `http://127.0.0.1:${port}`, closed };
}

it("calls that have cost nothing survive connections that a load balancer has closed", async () => {
  const { server, url, closed } = await openBalancer();
  const user = await emulator.createUser();
  const { supabaseKey } = emulator;
  const flowith = new Flowith({ edgeUrl: url, supabaseUrl: url, supabaseKey, token: user.token, maxRetries: 5 });
  const first = await flowith.generate("What is the capital of Poland?");
  for (let call = 0; call < 4; call++) await flowith.generate("What is the capital of Poland?");
  await flowith.conversations.rename(first.convId, "Poland");
  await flowith.account.updateProfile({ language: "pl" });
  await flowith.conversations.delete(first.convId);
  expect(new Set(closed)).toContain("POST /rest/v1/flow_node");
  expect(closed.length).toBeGreaterThan(3);
  expect(await flowith.conversations.nodes(first.convId)).toHaveLength(2);
  await flowith[Symbol.asyncDispose]();
  server.closeAllConnections();
  server.close();
});
