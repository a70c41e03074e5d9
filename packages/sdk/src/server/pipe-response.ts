import { InvalidArgumentError, ResponseShapeError } from "@flowith-webapi/core";
import { bytesOf, isResponse, webBody } from "@flowith-webapi/core/http";
import { isHttp2, Outgoing } from "./outgoing.ts";
import { sentHeaders } from "./sent-headers.ts";
import { isServerResponse, type ServerResponseLike } from "./server-response.ts";

/** Middleware adds to these as well, such as a session and `cors`. */
const ADDED = new Set(["set-cookie", "vary"]);

/** What was said of another body, such as that of an answer whose making has failed. */
const OF_A_BODY = ["content-encoding", "content-length", "content-range"];

const ignore = (): void => undefined;

/**
 * Sends a web response by a response of `node:http`: Express's `res`, Fastify's `reply.raw` after `reply.hijack()`, or the
 * one of a `node:http2` server. Headers go out at once, beside those that `res` has already, and the body as fast as the client
 * takes it. Length, encoding and range that `res` has were another body's, and are left out.
 *
 * Resolves when all is sent. A client that leaves is no error: what the body comes from is cancelled, and it resolves. Where
 * the body fails midway the connection is broken, so that nobody takes the answer for whole, and it rejects with the reason.
 * @param response one of `toResponse()` or `errorResponse()`, of `fetch` or of your own; or a promise of one
 * @throws InvalidArgumentError for a response that was read already, for one without a status, and where an answer has begun
 * @throws ResponseShapeError where the body is not as long as its `content-length` says
 * @example
 * const listener = (_req: unknown, res: ServerResponseLike): Promise<void> =>
 *   pipeResponse(flowith.generateStream("Write a haiku.").toResponse(), res);
 */
export async function pipeResponse(response: Response | PromiseLike<Response>, res: ServerResponseLike): Promise<void> {
  const outgoing = isServerResponse(res) ? new Outgoing(res) : undefined;
  let body: ReadableStreamDefaultReader<unknown> | undefined;
  let hasBegun = false;
  try {
    const answer = checkedResponse(await response);
    body = webBody(answer, "pipeResponse").getReader();
    if (outgoing === undefined)
      throw new InvalidArgumentError(
        "pipeResponse: the second argument is no response of node:http. With Fastify, pass reply.raw.",
      );
    if (outgoing.hasLeft) return;
    if (res.headersSent || res.writableEnded)
      throw new InvalidArgumentError("pipeResponse: the headers of this response were sent already.");
    const isHead = res.req?.method === "HEAD";
    const headers = sentHeaders(answer, isHead);
    hasBegun = true;
    setHead(res, answer, headers);
    if (isHead || answer.body === null) return await outgoing.end();
    // Node sends these as UTF-8 when they go by themselves; else, and as HTTP has it, as Latin-1.
    if (isAscii(headers)) res.flushHeaders?.();
    await sendBody(body, outgoing, headers.get("content-length")?.[0]);
  } catch (error) {
    // Whoever left cannot be told.
    if (outgoing?.hasLeft) return;
    if (hasBegun && res.headersSent) outgoing?.break(error);
    throw error;
  } finally {
    outgoing?.release();
    body?.cancel().catch(ignore);
  }
}

function checkedResponse(response: unknown): Response {
  if (typeof response !== "object" || response === null || !isResponse(response))
    throw new InvalidArgumentError("pipeResponse: the first argument is no Response. Of a stream, pass toResponse().");
  if (response.bodyUsed || response.body?.locked)
    throw new InvalidArgumentError("pipeResponse: the body of the response was read already. Pass it unread.");
  const { status } = response;
  if (!Number.isInteger(status) || status < 200 || status > 599)
    throw new InvalidArgumentError(`pipeResponse: the response has the status ${status}, which no server can send.`);
  return response;
}

function setHead(res: ServerResponseLike, answer: Response, headers: Map<string, string[]>): void {
  res.statusCode = answer.status;
  // HTTP/2 has none, and warns.
  if (answer.statusText !== "" && !isHttp2(res)) res.statusMessage = answer.statusText;
  for (const name of OF_A_BODY) if (res.getHeader(name) !== undefined) res.removeHeader(name);
  for (const [name, values] of headers) {
    const before = ADDED.has(name) ? [res.getHeader(name) ?? []].flat().map(String) : [];
    const all = [...before, ...values];
    res.setHeader(name, all.length === 1 ? all.join() : all);
  }
}

function isAscii(headers: Map<string, string[]>): boolean {
  return ![...headers.values()].flat().some((value) => /[\x80-\xff]/.test(value));
}

async function sendBody(
  body: ReadableStreamDefaultReader<unknown>,
  outgoing: Outgoing,
  length: string | undefined,
): Promise<void> {
  // What is being waited for ends with it.
  outgoing.onStop = () => void body.cancel(new DOMException("The client has left.", "AbortError")).catch(ignore);
  let sentBytes = 0;
  for (let step = await body.read(); !step.done; step = await body.read()) {
    const bytes = bytesOf(step.value);
    if (bytes === undefined) throw new InvalidArgumentError("pipeResponse: a part of the body is no bytes.");
    sentBytes += bytes.byteLength;
    if (sentBytes > Number(length ?? sentBytes)) throw wrongLength(sentBytes, length);
    if (bytes.byteLength > 0) await outgoing.write(bytes);
    if (outgoing.hasLeft) return;
  }
  if (outgoing.hasLeft) return;
  if (sentBytes < Number(length ?? sentBytes)) throw wrongLength(sentBytes, length);
  await outgoing.end();
}

/** A client would wait for what is missing, and take what is too much for the next answer. */
function wrongLength(sentBytes: number, length: string | undefined): ResponseShapeError {
  return new ResponseShapeError(
    `pipeResponse: the body has ${sentBytes} bytes or more, and its content-length says ${length}. Leave that header out.`,
    { issues: ["content-length"], raw: undefined },
  );
}
