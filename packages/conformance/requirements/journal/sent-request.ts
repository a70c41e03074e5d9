/** A request as it arrived, reduced to what the service looks at; ids, times and tokens are placeholders. */
export interface SentRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  authorization: "none" | "bare" | "bearer";
  contentType: string | null;
  hasApikey: boolean;
  /** Whether it says that it comes from the web app: `Origin: https://flowith.io`. */
  looksLikeBrowser: boolean;
  body: unknown;
}

export type Placeholders = (text: string) => string;

export const uuid: RegExp = /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi;
const isoTime = /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d(:?\d\d)?)?/g;
const httpDate = /\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g;
const unixSeconds = /^\d{10}$/;
const jwt = /eyJ[\w-]+\.[\w-]+\.[\w-]+/g;

/** Fields that are another value at each run. */
const changing: Readonly<Record<string, string>> = {
  refresh_token: "<refresh token>",
  expires_at: "<time>",
  timestamp: "<time>",
};

/** @param named texts that are the same thing in each run under another value, such as a user's id */
export function placeholders(named: Record<string, string>): Placeholders {
  return (text) => {
    let result = text;
    for (const [name, value] of Object.entries(named)) result = result.replaceAll(value, `<${name}>`);
    return withoutTimes(result.replace(jwt, "<token>").replace(uuid, "<uuid>"));
  };
}

/** A text with a placeholder for all its times. */
export function withoutTimes(text: string): string {
  return text.replace(isoTime, "<time>").replace(httpDate, "<time>").replace(unixSeconds, "<time>");
}

/** A value with placeholders in all its texts. */
export function withPlaceholders(value: unknown, replace: Placeholders): unknown {
  if (typeof value === "string") return replace(value);
  if (Array.isArray(value)) return value.map((item) => withPlaceholders(item, replace));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, changing[key] ?? withPlaceholders(item, replace)]),
  );
}

export async function sentRequest(request: Request, replace: Placeholders): Promise<SentRequest> {
  const url = new URL(request.url);
  const names = [...new Set(url.searchParams.keys())].sort();
  const authorization = request.headers.get("authorization");
  return {
    method: request.method,
    // Clients differ in what they escape, servers do not in what they read.
    path: replace(decodeURIComponent(url.pathname)),
    query: Object.fromEntries(names.map((name) => [name, url.searchParams.getAll(name).map(replace).join(" & ")])),
    authorization: authorization === null ? "none" : authorization.startsWith("Bearer ") ? "bearer" : "bare",
    contentType: request.headers.get("content-type")?.replace(/;\s*boundary=.*/, "") ?? null,
    hasApikey: request.headers.has("apikey"),
    looksLikeBrowser: request.headers.get("origin") === "https://flowith.io",
    body: await readBody(request, replace),
  };
}

async function readBody(request: Request, replace: Placeholders): Promise<unknown> {
  const text = await request.text();
  // By its content: the Python client sends its form as application/json.
  const boundary = text.match(/^--([\w-]+)\r\nContent-/i)?.[1];
  if (boundary !== undefined) return readForm(text, boundary);
  if (text === "") return null;
  try {
    return withPlaceholders(rootsMarked(JSON.parse(text)), replace);
  } catch {
    return replace(text);
  }
}

/** Rows that hang under their conversation itself say so, since all ids become one placeholder. */
function rootsMarked(body: unknown): unknown {
  if (!Array.isArray(body)) return body;
  return body.map((row) => ("p_id" in row && row.p_id === row.conv_id ? { ...row, p_id: "<its conversation>" } : row));
}

async function readForm(text: string, boundary: string): Promise<Record<string, unknown>> {
  const headers = { "content-type": `multipart/form-data; boundary=${boundary}` };
  const fields: Record<string, unknown> = {};
  for (const [name, value] of await new Response(text, { headers }).formData())
    fields[name] =
      typeof value === "string" ? value : { filename: value.name, type: value.type, content: await value.text() };
  return fields;
}
