import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { APIError, FlowithError, RateLimitError, TimeoutError } from "flowith-webapi";
import { describe, expect, expectTypeOf, it } from "vitest";

const packages = fileURLToPath(new URL("../../", import.meta.url));
const answer = { status: 429, headers: new Headers(), body: undefined };

/** The package as an app's bundler leaves it: in one text, with every name but those of exports made short. */
async function minified(entry: string): Promise<unknown> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from "./${entry}"`, resolveDir: join(packages, "core/dist") },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "node",
    logLevel: "silent",
  });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? "")}`);
}

/** What is tried of a copy, whatever its types. */
interface Copy {
  RateLimitError: typeof RateLimitError;
  APIError: typeof APIError;
  TimeoutError: typeof TimeoutError;
}

describe.each([
  ["built for import", async () => import(join(packages, "core/dist/index.js"))],
  ["built for require", async () => createRequire(import.meta.url)(join(packages, "core/dist/index.cjs"))],
  ["minified", () => minified("index.js")],
] satisfies [string, () => Promise<unknown>][])("an error of a copy that is %s", (_form, load) => {
  it("has its name and is told by its kind here, and an error from here there", async () => {
    const copy: Copy = await load();
    const foreign = new copy.RateLimitError("x", answer);
    expect(foreign).not.toBeInstanceOf(FlowithError);
    expect(foreign).toMatchObject({ name: "RateLimitError" });
    const kinds = [FlowithError, APIError, RateLimitError, TimeoutError];
    expect(kinds.map((kind) => kind.is(foreign))).toEqual([true, true, true, false]);
    const own = new APIError("x", answer);
    expect([copy.APIError, copy.RateLimitError, copy.TimeoutError].map((kind) => kind.is(own))).toEqual([
      true,
      false,
      false,
    ]);
  });
});

it("narrows to its class by the declarations that are published", () => {
  const value: unknown = new TimeoutError("x", { phase: "idle", limitMs: 1 });
  if (FlowithError.is(value)) expectTypeOf(value).toEqualTypeOf<FlowithError>();
  if (APIError.is(value)) expectTypeOf(value).toEqualTypeOf<APIError>();
  if (RateLimitError.is(value)) expectTypeOf(value.retryAfterMs).toEqualTypeOf<number | undefined>();
  else if (TimeoutError.is(value)) expectTypeOf(value).toEqualTypeOf<TimeoutError>();
  else expectTypeOf(value).toBeUnknown();
  for (const kind of [APIError, TimeoutError])
    if (kind.is(value)) expectTypeOf(value).toEqualTypeOf<APIError | TimeoutError>();
});
