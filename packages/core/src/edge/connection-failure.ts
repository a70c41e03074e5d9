import { ConnectionError } from "../errors/connection-error.ts";
import { FlowithError } from "../errors/flowith-error.ts";
import { isRecord } from "../wire/parse.ts";

// Only Node and Bun say so much; Workers, Deno and browsers report a refused and a broken connection alike.
const unsentCodes = new Set(["ECONNREFUSED", "ConnectionRefused", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

/** What `fetch` threw, as a ConnectionError; errors that are ours already pass unchanged. */
export function connectionError(what: string, cause: unknown): unknown {
  if (FlowithError.is(cause)) return cause;
  const code = codeOf(cause);
  const reason = code ?? (cause instanceof Error ? cause.message : String(cause));
  const isUnsent = code !== undefined && unsentCodes.has(code);
  const said = isUnsent ? "could not reach the server" : "lost the connection";
  return new ConnectionError(
    `${what} ${said} (${reason}). Check the network and the edgeUrl and supabaseUrl options.`,
    {
      cause,
      isUnsent,
    },
  );
}

function codeOf(error: unknown): string | undefined {
  for (let current = error, depth = 0; isRecord(current) && depth < 4; depth++) {
    const { code } = current;
    if (typeof code === "string") return code;
    const { errors } = current;
    current = Array.isArray(errors) && errors.length > 0 ? errors[0] : current.cause;
  }
  return undefined;
}
