import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";

export interface SourceFunction {
  /** The URL of its source file. */
  url: string;
  name: string;
  /** How many lines of the source it takes. */
  lines: number;
}

/** A script in dist, with what leads from its offsets back to the sources. */
export class BuiltScript {
  readonly #url: string;
  readonly #text: string;
  readonly #map: SourceMap;
  readonly #lineStarts: number[];

  constructor(url: string) {
    const path = fileURLToPath(url);
    this.#url = url;
    this.#text = readFileSync(path, "utf8");
    this.#map = new SourceMap(JSON.parse(readFileSync(`${path}.map`, "utf8")));
    this.#lineStarts = [0, ...Array.from(this.#text.matchAll(/\n/g), ({ index }) => index + 1)];
  }

  /** @returns undefined for the script's own top level, and for what its bundler has added */
  functionAt(start: number, end: number, name: string): SourceFunction | undefined {
    if (start === 0) return undefined;
    // Not every function begins at a place that the map knows; the last one before its end is always its own.
    const last = this.#originOf(end - 1);
    if (last === undefined) return undefined;
    const first = this.#originOf(start);
    const lines = first?.url === last.url ? last.line - first.line + 1 : 1;
    return { url: last.url, name: this.#sourceName(start, name), lines };
  }

  /** The bundler numbers names that several files have; the map knows them as they were. */
  #sourceName(start: number, name: string): string {
    if (name === "") return "(anonymous)";
    if (name.startsWith("<")) return "(fields)";
    // V8 names an arrow function by the whole path to where it is kept.
    const short = name.split(".").at(-1) ?? name;
    const origin = this.#map.findOrigin(...this.#position(this.#text.indexOf(short, start), 1));
    return ("name" in origin ? origin.name : undefined) ?? short;
  }

  #originOf(offset: number): { url: string; line: number } | undefined {
    const entry = this.#map.findEntry(...this.#position(offset, 0));
    if (!("originalSource" in entry)) return undefined;
    return { url: new URL(entry.originalSource, this.#url).href, line: entry.originalLine };
  }

  #position(offset: number, base: 0 | 1): [line: number, column: number] {
    const line = this.#lineStarts.findLastIndex((start) => start <= offset);
    return [line + base, offset - (this.#lineStarts[line] ?? 0) + base];
  }
}
