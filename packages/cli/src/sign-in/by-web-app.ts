import { randomUUID } from "node:crypto";
import type { Duplex } from "node:stream";
import type { Flowith } from "flowith-webapi";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { usageError } from "../cli-error.ts";
import { type Addresses, ownAddresses } from "../context/addresses.ts";
import type { Context } from "../context/context.ts";
import { ProgressLine } from "../output/progress-line.ts";
import { readHandshake } from "./handshake-message.ts";
import { isSame, Loopback } from "./loopback.ts";
import { showAddress, waitForPerson } from "./wait-for-person.ts";
import type { LoginFlags } from "./ways.ts";

const WEB_APP = "https://flowith.io";
/** A session has some thousand bytes. */
const MAX_MESSAGE_BYTES = 64 * 1024;
/** What the web app knows this program by. */
const BOT_NAME = "flowith-webapi";

/** A page that hands a session over, and waits for the answer. */
interface Offer {
  accessToken: string;
  socket: WebSocket;
}

/** The web app's own handshake for tools (wire 7): its page connects to a port of this machine and sends its token. */
export async function signInByWebApp(context: Context, client: Flowith, flags: LoginFlags): Promise<void> {
  const page = webAppPage(flags.webAppUrl);
  const nonce = randomUUID();
  await using loopback = await Loopback.listen(flags.port);
  await using sockets = closing(new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES }));
  const offered = Promise.withResolvers<Offer>();
  page.url.searchParams.set("cli_port", String(loopback.port));
  page.url.searchParams.set("cli_nonce", nonce);
  page.url.searchParams.set("cli_bot", BOT_NAME);
  showAddress(context, page.url.href, loopback.port, flags.open);
  using line = new ProgressLine(context.output, "Waiting for the web app");
  loopback.server.on("request", (_request, response) => {
    response.writeHead(426, { "content-type": "text/plain", "cache-control": "no-store", connection: "close" });
    response.end("The web app's page connects here by WebSocket.\n");
  });
  loopback.server.on("upgrade", (request, socket, head) => {
    if (!loopback.isMeantBy(request) || !page.origins.has(request.headers.origin ?? "")) refuse(socket);
    else sockets.server.handleUpgrade(request, socket, head, (webSocket) => listen(webSocket));
  });
  const listen = (socket: WebSocket): void => {
    // too large a message, a broken frame: the connection closes, and the wait goes on
    socket.on("error", () => socket.terminate());
    socket.on("message", (data: RawData) => {
      const message = readHandshake(data);
      if (message?.type === "not_logged_in") {
        answer(socket, { ok: true });
        line.clear();
        context.output.warn(
          "Nobody is signed in to the web app in this browser. Sign in there, and open the address again.",
        );
      } else if (message === undefined || !isSame(message.nonce, nonce)) {
        answer(socket, { ok: false });
        socket.close(1008);
      } else {
        offered.resolve({ accessToken: message.accessToken, socket });
      }
    });
  };
  const { accessToken, socket } = await waitForPerson(context, offered.promise, flags.timeout);
  try {
    await client.auth.setSession({ accessToken }, { signal: context.signal });
    // the page is told that all is well: not before the service has taken the token
    await client.auth.user({ signal: context.signal });
    answer(socket, { ok: true });
  } catch (error) {
    answer(socket, { ok: false });
    throw error;
  }
}

/** The page sends a token of its own service, so it has to be of the one that is signed in to. @throws CliError */
export function checkWebApp(addresses: Addresses, { webAppUrl }: LoginFlags): void {
  const { edgeUrl, supabaseUrl } = ownAddresses(addresses);
  const other = supabaseUrl ?? edgeUrl;
  if (webAppUrl !== undefined || other === undefined) return;
  throw usageError(
    `The web app at ${WEB_APP} is none of ${other}: its token is of no use there.`,
    "--web-app-url says where the web app of that service is. An emulator has none: flowith login --email",
  );
}

/** @throws CliError for what is no address of a page */
function webAppPage(given: string = WEB_APP): { url: URL; origins: ReadonlySet<string> } {
  const url = URL.parse(given);
  if (url === null || !["https:", "http:"].includes(url.protocol))
    throw usageError(`--web-app-url wants the address of a page, such as ${WEB_APP}.`);
  const origins = url.origin === WEB_APP ? [WEB_APP, "https://www.flowith.io"] : [url.origin];
  return { url, origins: new Set(origins) };
}

function answer(socket: WebSocket, message: { ok: boolean }): void {
  socket.send(JSON.stringify(message), () => {});
}

function refuse(socket: Duplex): void {
  socket.on("error", () => socket.destroy());
  socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
}

/** The connections end with the wait: each after its answer has gone. */
function closing(server: WebSocketServer): AsyncDisposable & { server: WebSocketServer } {
  return {
    server,
    async [Symbol.asyncDispose]() {
      await Promise.all(
        [...server.clients].map(
          (socket) =>
            new Promise<void>((resolve) => {
              const timer = setTimeout(() => socket.terminate(), 1_000);
              socket.once("close", () => {
                clearTimeout(timer);
                resolve();
              });
              socket.close(1000);
            }),
        ),
      );
      server.close();
    },
  };
}
