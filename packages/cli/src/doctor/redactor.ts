import type { Verdict } from "./finding.ts";

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const EMAIL = /[\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+/g;
const JWT = /eyJ[\w-]{8,}\.[\w-]*(?:\.[\w-]*)?/g;
const NAMED_SECRET =
  /((?:access_token|refresh_token|provider_token|token_hash|password|code_verifier|auth_code|apikey|authorization)["']?\s*[=:]\s*["']?)(?!\[)[^"'&\s,}]+/gi;
const URL_QUERY = /(https?:\/\/[^\s"'?#<>\\]+)[?#][^\s"'<>\\]+/g;
const API_KEY = /\b(?:flo[_-]|sb_secret_|sk-)[\w-]{8,}/g;

/** Strings of answers that say nothing of the user: words of the protocol, and errors, which are redacted as text. */
const TELLING_FIELDS: ReadonlySet<string> = new Set([
  ...["status", "type", "mode", "model", "sub_type", "credit_type", "media", "tier", "role", "aud", "token_type"],
  ...["code", "error", "error_code", "error_type", "message", "msg", "hint", "taskType", "ratio", "resolution"],
  ...["aspect_ratio", "image_size", "category"],
]);

/** Fields whose keys are part of the service's shape, and whose strings are dates. */
const ISO_DATE = /^\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d(?::?\d\d)?)?)?$/;

/**
 * Takes out of everything that is shown or kept what belongs to the user. The same id or address becomes the same
 * placeholder, so that it can still be told what belongs together.
 */
export class Redactor {
  readonly #ids = new Map<string, string>();
  readonly #emails = new Map<string, string>();
  readonly #secrets = new Map<string, string>();

  /** Something that is to be nowhere, whatever form it has. */
  hide(secret: string | undefined, placeholder: string): void {
    if (secret !== undefined && secret.length >= 6) this.#secrets.set(secret, placeholder);
  }

  text(text: string): string {
    let shown = text;
    for (const [secret, placeholder] of this.#secrets) {
      shown = shown.replaceAll(secret, placeholder).replaceAll(encodeURIComponent(secret), placeholder);
    }
    return shown
      .replace(JWT, "[token]")
      .replace(NAMED_SECRET, "$1[secret]")
      .replace(API_KEY, "[key]")
      .replace(URL_QUERY, "$1?[query]")
      .replace(EMAIL, (email) => this.#email(email))
      .replace(UUID, (id) => this.#id(id));
  }

  /**
   * Any JSON: of the user's own texts and names only the length is left, of addresses the host.
   * @param isPublic what the service tells everybody, such as its catalogue: only redacted as text
   */
  json(value: unknown, isPublic = false, field = ""): unknown {
    if (typeof value === "string") return this.#string(value, isPublic, field);
    if (Array.isArray(value)) return value.map((item) => this.json(item, isPublic, field));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [this.text(key), this.json(item, isPublic, key)]),
    );
  }

  verdict(verdict: Verdict): Verdict {
    if (verdict.status === "holds") return { ...verdict, note: this.#maybe(verdict.note) };
    if (verdict.status === "unknown") {
      return { ...verdict, why: this.text(verdict.why), advice: this.#maybe(verdict.advice) };
    }
    const { expected, came, advice } = verdict;
    return { status: "differs", expected: this.text(expected), came: this.text(came), advice: this.text(advice) };
  }

  #maybe(text: string | undefined): string | undefined {
    return text === undefined ? undefined : this.text(text);
  }

  #string(value: string, isPublic: boolean, field: string): string {
    const text = this.text(value);
    if (isPublic || TELLING_FIELDS.has(field) || ISO_DATE.test(value) || text === "[secret]" || text === "[token]") {
      return text;
    }
    if (/^[0-9a-f-]{36}$/i.test(value)) return text;
    if (/^https?:\/\//.test(value)) return hostOnly(value);
    return value === "" ? "" : `[text of ${value.length}]`;
  }

  /** In the form of what it stands for, so that what is kept can be read by programs. */
  #id(id: string): string {
    const known = this.#ids.get(id.toLowerCase());
    if (known !== undefined) return known;
    // an id that this redactor has made itself
    if (id.startsWith("00000000-0000-4000-8000-")) return id;
    const made = `00000000-0000-4000-8000-${String(this.#ids.size + 1).padStart(12, "0")}`;
    this.#ids.set(id.toLowerCase(), made);
    return made;
  }

  #email(email: string): string {
    const known = this.#emails.get(email);
    if (known !== undefined) return known;
    if (/^user\d+@redacted\.example$/.test(email)) return email;
    const made = `user${this.#emails.size + 1}@redacted.example`;
    this.#emails.set(email, made);
    return made;
  }
}

/** An address as it may be shown: names of files are the user's own. */
function hostOnly(address: string): string {
  try {
    const { origin, pathname } = new URL(address);
    const extension = /\.[a-z0-9]{1,5}$/i.exec(pathname)?.[0] ?? "";
    return `${origin}/[path]${extension}`;
  } catch {
    return "[no address]";
  }
}
