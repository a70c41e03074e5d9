import type { RecordedCall } from "./recorded-calls.ts";

const page = /^<emulator>(\/auth\/v1\/authorize)\?(.*)$/;

/** The address of a sign-in page is a request, which the user's browser makes. */
export function withOpenedPage(call: RecordedCall): RecordedCall {
  const [, path, query] = (typeof call.result === "string" ? call.result.match(page) : null) ?? [];
  if (path === undefined) return call;
  const opened = {
    method: "OPEN",
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    authorization: "none" as const,
    contentType: null,
    hasApikey: false,
    looksLikeBrowser: false,
    body: null,
  };
  return { requests: [...call.requests, opened], result: null };
}
