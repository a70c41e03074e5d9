import { Session } from "node:inspector/promises";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { BuiltScript } from "./built-script.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const IS_MEASURED = /^file:.*\/packages\/(core|supabase|sdk)\/dist\/.*\.js$/;

export interface RanFunction {
  /** Where it begins in dist: the same function has the same one in every report. */
  id: string;
  /** Its source, from the root of the repository. */
  file: string;
  name: string;
  lines: number;
}

/** Which functions of the built packages run, by V8's precise coverage. It has to begin before they are imported. */
export class FunctionCoverage {
  readonly #session = new Session();
  readonly #scripts = new Map<string, BuiltScript>();

  private constructor() {
    this.#session.connect();
  }

  static async start(): Promise<FunctionCoverage> {
    const coverage = new FunctionCoverage();
    await coverage.#session.post("Profiler.enable");
    await coverage.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    return coverage;
  }

  /** What has run since the last time, or since the start. */
  async take(): Promise<RanFunction[]> {
    const { result } = await this.#session.post("Profiler.takePreciseCoverage");
    return result
      .filter(({ url }) => IS_MEASURED.test(url))
      .flatMap(({ url, functions }) =>
        functions.flatMap(({ functionName, ranges: [whole] }) => {
          if (whole === undefined || whole.count === 0) return [];
          const { startOffset, endOffset } = whole;
          const found = this.#script(url).functionAt(startOffset, endOffset, functionName);
          if (found === undefined) return [];
          const { name, lines } = found;
          return [{ id: `${url}:${startOffset}`, file: relative(root, fileURLToPath(found.url)), name, lines }];
        }),
      );
  }

  #script(url: string): BuiltScript {
    const script = this.#scripts.get(url) ?? new BuiltScript(url);
    this.#scripts.set(url, script);
    return script;
  }
}
