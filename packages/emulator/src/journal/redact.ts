import { createHash } from "node:crypto";

const secretNames = "access_token|refresh_token|id_token|token_hash|password|code_verifier|auth_code";

/** To the end of the text where the quote is missing: a body that was cut off keeps its secret, too. */
const secretField = new RegExp(`("(?:${secretNames})"\\s*:\\s*")(?!\\[redacted )((?:[^"\\\\]|\\\\.)*)`, "g");
const secretParameter = new RegExp(`((?:^|[?&])(?:${secretNames})=)(?!\\[redacted )([^&]+)`, "g");

const tokenRun = /[\w.-]+/g;
const tokenStart = /eyJ[\w-]/;

/** Stands for a secret so that two uses of the same one can be told to be the same. */
function mark(secret: string): string {
  return `[redacted ${createHash("sha256").update(secret).digest("hex").slice(0, 8)}]`;
}

/**
 * Of a text without anything that no token holds. It is taken apart at its dots, since an expression for a whole token
 * begins anew at every `eyJ` of a text that is full of them, and each time reads to its end.
 */
function redactTokens(run: string): string {
  const parts = run.split(".");
  const shown: string[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const [header = "", payload, signature] = parts.slice(at, at + 3);
    const start = header.search(tokenStart);
    if (start < 0 || signature === undefined || payload === "") {
      shown.push(header);
      continue;
    }
    shown.push(header.slice(0, start) + mark(`${header.slice(start)}.${payload}.${signature}`));
    at += 2;
  }
  return shown.join(".");
}

/** Tokens and passwords of a text, replaced. */
export function redact(text: string): string {
  const hide = (_: string, field: string, value: string): string => field + mark(value);
  return text.replace(tokenRun, redactTokens).replace(secretField, hide).replace(secretParameter, hide);
}

const secretHeaders: ReadonlySet<string> = new Set(["authorization", "cookie", "proxy-authorization"]);

export function redactHeaders(headers: Headers): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of headers) {
    const [scheme, rest] = value.match(/^(\S+)\s+(.+)$/)?.slice(1) ?? [undefined, value];
    if (!secretHeaders.has(name)) shown[name] = redact(value);
    else shown[name] = scheme === undefined ? mark(value) : `${scheme} ${mark(rest ?? "")}`;
  }
  return shown;
}
