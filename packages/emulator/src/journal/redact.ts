import { createHash } from "node:crypto";

const jwt = /eyJ[\w-]+\.[\w-]+\.[\w-]*/g;
const secretField = /("(?:refresh_token|password|code_verifier|auth_code)"\s*:\s*")((?:[^"\\]|\\.)*)"/g;

/** Stands for a secret so that two uses of the same one can be told to be the same. */
function mark(secret: string): string {
  return `[redacted ${createHash("sha256").update(secret).digest("hex").slice(0, 8)}]`;
}

/** Tokens and passwords of a text, replaced. */
export function redact(text: string): string {
  return text
    .replace(jwt, (token) => mark(token))
    .replace(secretField, (_, field: string, value: string) => `${field}${mark(value)}"`);
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
