export type JsonShape = "array" | "object";

/** The representations that this server tells apart; `other` keeps its text. */
export type MediaType =
  | { readonly kind: "json" | "csv" | "geojson" | "text" | "xml" | "openapi" | "urlencoded" | "octets" | "any" }
  | { readonly kind: "vendor"; readonly shape: JsonShape; readonly stripsNulls: boolean }
  /** A query plan: understood, but the server does not give any. */
  | { readonly kind: "plan"; readonly text: string }
  | { readonly kind: "other"; readonly text: string };

const names: Readonly<Record<Exclude<MediaType["kind"], "vendor" | "plan" | "other">, string>> = {
  json: "application/json",
  csv: "text/csv",
  geojson: "application/geo+json",
  text: "text/plain",
  xml: "text/xml",
  openapi: "application/openapi+json",
  urlencoded: "application/x-www-form-urlencoded",
  octets: "application/octet-stream",
  any: "*/*",
};

const byName = new Map(Object.entries(names).map(([kind, name]) => [name, kind]));

function isNamed(kind: string | undefined): kind is keyof typeof names {
  return kind !== undefined && kind in names;
}

function parameterOf(parameters: readonly string[], key: string): string | undefined {
  const found = parameters.find((parameter) => parameter.toLowerCase().startsWith(`${key}=`));
  return found?.slice(key.length + 1).replace(/^"(.*)"$/, "$1");
}

const planOptions = ["analyze", "verbose", "settings", "buffers", "wal"];

function planName(format: string, parameters: readonly string[]): string {
  const of = mediaTypeName(parseMediaType(parameterOf(parameters, "for") ?? "application/json"));
  const given = (parameterOf(parameters, "options") ?? "").split("|");
  const options = planOptions.filter((option) => given.includes(option));
  return `application/vnd.pgrst.plan+${format}; for="${of}"${options.length === 0 ? "" : `; options=${options.join("|")}`}`;
}

export function parseMediaType(text: string): MediaType {
  const [essence = "", ...parameters] = text.split(";").map((part) => part.trim());
  const name = essence.toLowerCase();
  const kind = byName.get(name);
  if (isNamed(kind)) return { kind };
  const stripsNulls = parameters.some((parameter) => /^nulls\s*=\s*"?stripped"?$/i.test(parameter));
  if (/^application\/vnd\.pgrst\.object(\+json)?$/.test(name)) return { kind: "vendor", shape: "object", stripsNulls };
  if (/^application\/vnd\.pgrst\.array(\+json)?$/.test(name)) {
    return stripsNulls ? { kind: "vendor", shape: "array", stripsNulls } : { kind: "json" };
  }
  const plan = /^application\/vnd\.pgrst\.plan(?:\+(json|text))?$/.exec(name);
  if (plan !== null) return { kind: "plan", text: planName(plan[1] ?? "text", parameters) };
  return { kind: "other", text };
}

export function mediaTypeName(type: MediaType): string {
  switch (type.kind) {
    case "vendor":
      return `application/vnd.pgrst.${type.shape}+json${type.stripsNulls ? ";nulls=stripped" : ""}`;
    case "plan":
    case "other":
      return type.text;
    default:
      return names[type.kind];
  }
}

export function contentType(type: MediaType): string {
  const hasCharset = type.kind !== "octets" && type.kind !== "other";
  return mediaTypeName(type) + (hasCharset ? "; charset=utf-8" : "");
}

/** What the Accept header asks for, best first: by quality, then parameters count for and wildcards against. */
export function parseAccept(header: string | null): MediaType[] {
  if (header === null) return [{ kind: "any" }];
  return header
    .split(",")
    .map((part) => {
      const [name = "", rest] = part.replaceAll(" ", "").split(";q=", 2);
      const quality = rest === undefined ? 1 : Number.parseFloat(rest);
      const specificity = name.split(";").length - name.split("*").length;
      return { name, quality: Number.isNaN(quality) ? 1 : quality, specificity };
    })
    .sort((a, b) => b.quality - a.quality || b.specificity - a.specificity)
    .map(({ name }) => parseMediaType(name));
}
