import { ConnectionError } from "../errors/connection-error.ts";
import { FileUploadError } from "../errors/file-upload-error.ts";
import { FlowithError } from "../errors/flowith-error.ts";
import { redact } from "../text/redact.ts";
import { isRecord } from "../wire/parse.ts";
import type { RequestKind } from "./request-kind.ts";

// Only Node and Bun say so much; Workers, Deno and browsers report a refused and a broken connection alike.
const unsentCodes = new Set(["ECONNREFUSED", "ConnectionRefused", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

/** What `fetch` threw, as our error; errors that are ours already pass unchanged. */
export function connectionError(kind: RequestKind, label: string, cause: unknown): unknown {
  if (FlowithError.is(cause)) return cause;
  const chain = causes(cause);
  const code = chain.map((error) => error.code).find((value) => typeof value === "string");
  const words = chain.map((error) => error.message).filter((value) => typeof value === "string");
  if (kind === "upload" && words.some((message) => /redirect/i.test(message))) {
    return new FileUploadError(`${label} was redirected, which uploads do not follow. Check the edgeUrl option.`, {
      status: 0,
      headers: new Headers(),
      body: undefined,
      cause,
    });
  }
  const isUnsent = code !== undefined && unsentCodes.has(code);
  const said = isUnsent ? "could not reach the server" : "lost the connection";
  // The outermost words are often no more than "fetch failed".
  const reason = redact(String(code ?? words.at(-1) ?? cause));
  return new ConnectionError(
    `${label} ${said} (${reason}). Check the network and the edgeUrl and supabaseUrl options.`,
    {
      cause,
      isUnsent,
    },
  );
}

function causes(error: unknown): Record<string, unknown>[] {
  const chain: Record<string, unknown>[] = [];
  for (let current = error; isRecord(current) && chain.length < 5; ) {
    chain.push(current);
    const { errors } = current;
    current = Array.isArray(errors) && errors.length > 0 ? errors[0] : current.cause;
  }
  return chain;
}
