import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ScriptFolder } from "./script-folder.ts";

const DENO = ["run", "--quiet", "--no-prompt", "--no-lock", "--node-modules-dir=manual", "--allow-net=127.0.0.1"];
const RUNTIMES: [string, string[]][] = [
  ["node", []],
  ["deno", DENO],
  ["bun", ["run"]],
];

/** Sends every request on to `/elsewhere`, and notes what comes there. */
let server: Server;
let arrived: number;

beforeEach(async () => {
  arrived = 0;
  server = createServer((request, response) => {
    if (request.url === "/elsewhere") arrived++;
    request.resume();
    request.on("end", () => response.writeHead(307, { location: "/elsewhere" }).end());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe.each(RUNTIMES)("in %s, an upload", (command, args) => {
  it.each([10, 3_000_000])("of %i bytes goes nowhere else, and says so", async (sizeBytes) => {
    await using folder = await ScriptFolder.create();
    const edgeUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    // A token is not looked into before it is sent, but must be one.
    const claims = Buffer.from(JSON.stringify({ sub: "alice", exp: 2_000_000_000 })).toString("base64url");
    const options = JSON.stringify({ token: `e30.${claims}.x`, edgeUrl });
    await folder.write(
      "main.js",
      `import { Flowith } from "flowith-webapi";
const flowith = new Flowith(${options});
const error = await flowith.uploadFile(new Uint8Array(${sizeBytes})).catch((error) => error);
console.log(error.name, error.message);`,
    );
    expect(await folder.run(command, [...args, "main.js"])).toMatch(/^FileUploadError .*redirect/);
    expect(arrived).toBe(0);
  });
});
