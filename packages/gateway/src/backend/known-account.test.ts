import { expect, it } from "vitest";
import { useService } from "../testing/service.ts";

const service = useService();
const forged = ["{}", '{"sub":"a"}', "x"].map((part) => Buffer.from(part).toString("base64url")).join(".");

/** What comes of a check of a key, as OpenAI's and Anthropic's clients make it. */
async function statuses(apiKey: string): Promise<number[]> {
  const { fetch } = service.gateway({ flowith: { maxRetries: 0 } });
  const asked = [{}, { "anthropic-version": "2023-06-01" }].map(async (version) => {
    const headers = { authorization: `Bearer ${apiKey}`, ...version };
    return (await fetch("http://gateway.test/v1/models", { headers })).status;
  });
  return Promise.all(asked);
}

it.each([forged, "flo_unknown"])("models are listed to nobody by %s", async (apiKey) => {
  expect(await statuses(apiKey)).toEqual([401, 401]);
});

it("models are listed by a good key, whatever else the service cannot tell of it", async () => {
  const user = await service.user();
  expect(await statuses(user.token)).toEqual([200, 200]);
  expect(await statuses(user.apiKey)).toEqual([200, 200]);
  for (const route of ["GET /user/credit_type", "GET /external/use/image/models"])
    service.emulator.faults.arm({ type: "status", status: 404, route, user: user.id, count: 0 });
  expect(await statuses(user.token)).toEqual([200, 200]);
  expect(await statuses(user.apiKey)).toEqual([200, 200]);
});

it("a key is asked about once", async () => {
  const user = await service.user();
  const openai = service.openai(user.token);
  await openai.models.list();
  await openai.models.list();
  expect(service.emulator.journal.list({ route: "GET /user/credit_type", user: user.id })).toHaveLength(1);
});
