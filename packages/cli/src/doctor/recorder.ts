import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { usageError } from "../cli-error.ts";
import { diskWords } from "../disk/disk-words.ts";
import { makeFolder } from "../disk/make-folder.ts";
import type { Redactor } from "./redactor.ts";

/** A request and its answer, as they were. */
export interface Exchange {
  method: string;
  url: string;
  requestHeaders: Headers;
  requestBody: unknown;
  status: number;
  headers: Headers;
  /** Parsed JSON, or text. */
  body: unknown;
  isPublic: boolean;
  /** Of a host that is not the service's: its paths are names of the user's files. */
  isElsewhere: boolean;
}

/** What one file of a recording holds. */
export interface RecordedExchange {
  check: string;
  wire: string;
  request: { method: string; path: string; headers: Record<string, string>; body?: unknown };
  response: { status: number; headers: Record<string, string>; body: unknown };
}

const MAX_BODY_BYTES = 64 * 1024;

/** Headers whose values say how the service works, and nothing of the user. */
const TELLING_HEADERS =
  /^(?:accept|accept-profile|accept-ranges|cache-control|content-type|content-length|content-range|content-encoding|date|server|vary|via|retry-after|prefer|preference-applied|origin|access-control-.*|x-ratelimit-.*|x-supabase-api-version|www-authenticate|location)$/;

/** Keeps redacted exchanges in a folder, one file each, for tests to read. */
export class Recorder {
  readonly #folder: string;
  readonly #redactor: Redactor;
  readonly #counts = new Map<string, number>();
  #failure: unknown;

  constructor(folder: string, redactor: Redactor) {
    this.#folder = folder;
    this.#redactor = redactor;
  }

  /** Why an exchange could not be kept, such as a full disk: what is tried goes on all the same. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Makes the folder, so that one that cannot be made is known before anything is tried. */
  async prepare(): Promise<void> {
    try {
      await makeFolder(this.#folder, 0o700);
    } catch (error) {
      throw usageError(`Cannot keep a recording in ${this.#folder}: ${diskWords(error)}.`);
    }
  }

  async add(check: { id: string; wire: string }, exchange: Exchange): Promise<void> {
    const count = (this.#counts.get(check.id) ?? 0) + 1;
    this.#counts.set(check.id, count);
    const { pathname, search, origin } = new URL(exchange.url);
    const { method, status, requestBody, isElsewhere } = exchange;
    const kept: RecordedExchange = {
      check: check.id,
      wire: check.wire,
      request: {
        method,
        path: isElsewhere ? `${origin}/[path]` : this.#redactor.text(pathname + search),
        headers: this.#headers(exchange.requestHeaders),
        ...(requestBody === undefined || requestBody instanceof FormData
          ? {}
          : { body: this.#redactor.json(requestBody) }),
      },
      response: { status, headers: this.#headers(exchange.headers), body: this.#body(exchange) },
    };
    const name = `${check.id}-${count}.json`;
    const content = `${JSON.stringify(kept, undefined, 2)}\n`;
    await writeFile(join(this.#folder, name), content, { mode: 0o600 }).catch((error: unknown) => {
      this.#failure ??= error;
    });
  }

  #headers(headers: Headers): Record<string, string> {
    const kept = [...headers].filter(([name]) => name !== "set-cookie");
    return Object.fromEntries(kept.map(([name, value]) => [name, this.#header(name, value)]));
  }

  #header(name: string, value: string): string {
    const text = this.#redactor.text(value);
    // the form of the token is worth knowing
    if (name === "authorization") return text.includes("[token]") ? text : "[value]";
    return TELLING_HEADERS.test(name) ? text : "[value]";
  }

  #body({ body, isPublic, status }: Exchange): unknown {
    if (typeof body === "string") {
      // a page of an error says who answered; any other text is the user's own
      if (!isPublic && status < 400 && body !== "") return `[text of ${body.length}]`;
      const text = this.#redactor.text(body);
      return text.length > MAX_BODY_BYTES ? `${text.slice(0, MAX_BODY_BYTES)}…` : text;
    }
    const redacted = this.#redactor.json(body, isPublic);
    if (JSON.stringify(redacted).length <= MAX_BODY_BYTES) return redacted;
    return firstOf(redacted);
  }
}

/** As much of a long list or object as is kept: whole entries, so that it stays what it is. */
function firstOf(value: unknown): unknown {
  let left = MAX_BODY_BYTES;
  const fits = (item: unknown): boolean => {
    left -= JSON.stringify(item).length + 4;
    return left > 0;
  };
  if (Array.isArray(value)) return value.filter(fits);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(fits));
}
