const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;

/** What a value that differs from run to run looks like, if that is known. */
const forms: readonly RegExp[] = [uuid, time, /^[a-z2-7]{12}$/, /^[a-z2-7]{5}$/, /^\d+$/];

function describeForm(value: unknown): string {
  if (typeof value !== "string") return `<${typeof value}>`;
  if (value === "JWT.of.this-session" || /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value)) return "<jwt>";
  const form = forms.findIndex((pattern) => pattern.test(value));
  return form < 0 ? "<text>" : `<form ${form}>`;
}

/** Values of the recording's set-up alone: who the provider knew, and by which number. */
const isOfProvider = (key: string) => key === "provider_id";

/** Replace what is volatile by its form, at any depth. */
function masked(value: unknown, volatile: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => masked(item, volatile));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    const isVolatile = volatile.includes(key) || isOfProvider(key);
    return [key, isVolatile && typeof inner !== "object" ? describeForm(inner) : masked(inner, volatile)];
  });
  return Object.fromEntries(entries);
}

/** A redirect with its volatile parameters replaced, in the address or in a page that repeats it. */
function maskedLocation(text: string, volatile: readonly string[]): string {
  const names = volatile.filter((name) => /^location[?#]/.test(name)).map((name) => name.slice("location?".length));
  return names.reduce(
    (result, name) =>
      result.replace(
        new RegExp(`([?#&;]${name}=)([^&#"]*)`, "g"),
        (_, start: string, value: string) => start + describeForm(value),
      ),
    text,
  );
}

export function comparableBody(text: string, volatile: readonly string[]): unknown {
  try {
    return masked(JSON.parse(text), volatile);
  } catch {
    return maskedLocation(text, volatile);
  }
}

/** Those headers that the recording has. */
export function comparableHeaders(
  headers: Readonly<Record<string, string | null>>,
  volatile: readonly string[],
): Record<string, string | null> {
  const entries = Object.entries(headers).map(([name, value]): [string, string | null] => {
    if (value === null) return [name, null];
    return [name, volatile.includes(name) ? describeForm(value) : maskedLocation(value, volatile)];
  });
  return Object.fromEntries(entries);
}

const claimsOfTheDay = ["sub", "iat", "exp", "timestamp", "session_id"];

export function comparableClaims(claims: object): unknown {
  return masked(claims, claimsOfTheDay);
}
