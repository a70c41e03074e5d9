import { once } from "node:events";
import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import type { Context } from "../context/context.ts";
import type { Desk } from "./desk.ts";
import { makeServer } from "./make-server.ts";

/** As much as one message may have: a prompt of a book's length. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/** Serves until stdin ends or a signal comes. */
export async function serveOverStdio({ shell, output, signal }: Context, desk: Desk): Promise<void> {
  const { stdin, stdout } = shell;
  const closed = new AbortController();
  // a client that is killed may close the pipe without an end
  const ended = Promise.race([
    once(stdin, "end", { signal }),
    once(stdin, "close", { signal }),
    once(closed.signal, "abort", { signal }),
  ]).catch(() => undefined);
  const transport = new StdioServerTransport(stdin, stdout, { maxBufferSize: MAX_MESSAGE_BYTES });
  const handle = serveStdio(() => makeServer(desk), {
    transport,
    onerror: ({ message }) => output.warn(`mcp: ${message}`),
  });
  // it closes by itself where a message is too large, and reads no more
  const { onclose } = transport;
  transport.onclose = () => {
    onclose?.();
    closed.abort();
  };
  await ended;
  await handle.close();
}
