/** The service's JSON encoder escapes what could end a script element, in every string. */
const htmlEscapes: Readonly<Record<string, string>> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

export function encodeJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => htmlEscapes[character] ?? character);
}

export function jsonResponse(status: number, value: unknown, headers: Headers): Response {
  headers.set("content-type", "application/json");
  return new Response(encodeJson(value), { status, headers });
}

function escapeAttribute(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll("&#38;", "&amp;")
    .replaceAll("&#60;", "&lt;")
    .replaceAll("&#62;", "&gt;");
}

/** A redirect with the small page that goes with it when a browser asked; other methods get no body. */
export function redirectResponse(
  method: string,
  status: 302 | 303,
  location: string,
  headers: Headers,
  trailer = "",
): Response {
  headers.set("location", location.replace(/[^\u0020-\u007e]+/g, encodeURIComponent));
  if (method !== "GET" && method !== "HEAD") return new Response(trailer === "" ? null : trailer, { status, headers });
  headers.set("content-type", "text/html; charset=utf-8");
  const words = status === 302 ? "Found" : "See Other";
  return new Response(`<a href="${escapeAttribute(location)}">${words}</a>.\n\n${trailer}`, { status, headers });
}
