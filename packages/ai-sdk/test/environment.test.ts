import { generateText } from "ai";
import { afterEach, expect, it, vi } from "vitest";
import { createFlowith, type FlowithProviderSettings } from "../src/index.ts";

afterEach(() => vi.unstubAllEnvs());

/** Where a call goes, with another service in the environment; it is answered with a refusal. */
async function askedHosts(settings: FlowithProviderSettings, direct?: boolean): Promise<string[]> {
  vi.stubEnv("FLOWITH_EDGE_URL", "https://edge.example");
  const hosts: string[] = [];
  const flowith = createFlowith({
    ...settings,
    fetch: async (input) => {
      hosts.push(new URL(input instanceof Request ? input.url : input).host);
      return new Response(null, { status: 404 });
    },
  });
  const providerOptions = { flowith: direct ? { direct } : {} };
  const asked = generateText({ model: flowith("gpt-4.1-nano"), prompt: "Hi", providerOptions });
  await expect(asked).rejects.toMatchObject({ name: "AI_APICallError", statusCode: 404 });
  flowith.close();
  return [...new Set(hosts)];
}

const claims = { sub: "0a000000-0000-4000-8000-000000000001", exp: 4_000_000_000 };
const token = ["{}", JSON.stringify(claims), "-"].map((part) => Buffer.from(part).toString("base64url")).join(".");

it("does not read the environment's address beside a session or key that is given", async () => {
  expect(await askedHosts({ token }, true)).toEqual(["edge.flowith.io"]);
  expect(await askedHosts({ apiKey: "flo_test" })).toEqual(["edge.flowith.io"]);
});

it("reads it where the environment says who it is", async () => {
  for (const name of ["FLOWITH_REFRESH_TOKEN", "FLOWITH_SESSION_FILE"]) vi.stubEnv(name, "");
  vi.stubEnv("FLOWITH_TOKEN", token);
  vi.stubEnv("FLOWITH_API_KEY", "flo_test");
  expect(await askedHosts({}, true)).toEqual(["edge.example"]);
  vi.stubEnv("FLOWITH_TOKEN", "");
  expect(await askedHosts({})).toEqual(["edge.example"]);
});
