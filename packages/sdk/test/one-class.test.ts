import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);
// From here both packages are found by their names, as they stand in dist.
const cwd = fileURLToPath(new URL("../", import.meta.url));

const HTTP = "@flowith-webapi/core/http";
const ENTRIES = ["", "/node", "/deno", "/bun", "/browser", "/worker", "/fetch"].map((path) => `flowith-webapi${path}`);

/** What a script prints as JSON, with these modules loaded: `entries` by their names, and `http`. */
async function evaluate(form: "import" | "require", script: string): Promise<unknown> {
  const main = `(async () => {
    const load = async (name) => ${form}(name);
    const http = await load("${HTTP}");
    const entries = {};
    for (const name of ${JSON.stringify(["@flowith-webapi/core", ...ENTRIES])}) entries[name] = await load(name);
    console.log(JSON.stringify(await (${script})(entries, http)));
  })();`;
  const type = form === "import" ? "module" : "commonjs";
  const { stdout } = await run(process.execPath, [`--input-type=${type}`, "-e", main], { cwd });
  return JSON.parse(stdout);
}

describe.each(["import", "require"] as const)("the classes of core, loaded by %s", (form) => {
  it("are the same ones in every entry and in core/http", async () => {
    const found = await evaluate(
      form,
      `(entries, http) => {
        const isError = ([, value]) => value === http.FlowithError || value.prototype instanceof http.FlowithError;
        const names = Object.entries(http).filter(isError).map(([name]) => name);
        const others = Object.entries(entries).flatMap(([entry, exports]) =>
          names.filter((name) => exports[name] !== http[name]).map((name) => name + " of " + entry));
        return { names, others };
      }`,
    );
    const names = expect.arrayContaining(["FlowithError", "ConnectionError", "RateLimitError", "InvalidArgumentError"]);
    expect(found).toEqual({ names, others: [] });
  });

  it("are all of those that there are", async () => {
    const missing = await evaluate(
      form,
      `(entries, http) => {
        const { FlowithError, ...all } = entries["flowith-webapi"];
        const isError = ([, value]) => value.prototype instanceof FlowithError;
        return Object.entries(all).filter(isError).map(([name]) => name).filter((name) => !(name in http));
      }`,
    );
    expect(missing).toEqual([]);
  });

  it("know the errors of every entry by instanceof", async () => {
    const found = await evaluate(
      form,
      `async (entries, { AuthenticationError, FlowithError, InvalidArgumentError }) => {
        const found = {};
        for (const [entry, { Flowith }] of Object.entries(entries)) {
          if (Flowith === undefined) continue;
          const ofCore = await new Flowith().request("GET", "/models").catch((reason) => reason);
          let ofEntry;
          try { new Flowith(null); } catch (reason) { ofEntry = reason; }
          found[entry] = [
            ofCore instanceof AuthenticationError,
            ofEntry instanceof InvalidArgumentError,
            [ofCore, ofEntry].every((error) => error instanceof FlowithError),
          ];
        }
        return found;
      }`,
    );
    expect(found).toEqual(Object.fromEntries(ENTRIES.map((entry) => [entry, [true, true, true]])));
  });

  it("catch what core/http throws by those of an entry", async () => {
    const found = await evaluate(
      form,
      `async (entries, http) => {
        const { FlowithError, RateLimitError } = entries["flowith-webapi"];
        const error = new http.RateLimitError("Too many.", { status: 429, headers: new Headers(), body: undefined });
        return [error instanceof RateLimitError, error instanceof FlowithError, error.name];
      }`,
    );
    expect(found).toEqual([true, true, "RateLimitError"]);
  });
});
