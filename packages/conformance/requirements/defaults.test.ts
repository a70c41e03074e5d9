import { Flowith } from "flowith-webapi";
import { expect, it } from "vitest";
import { readPythonApi } from "./inventory.ts";

const { constants } = readPythonApi();
const userId = "a11ce000-0000-4000-8000-000000000001";

/** A token that is well formed, and valid for an hour. */
function token(sub?: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "ES256" })}.${part({ sub, exp: Math.floor(Date.now() / 1000) + 3_600 })}.c2lnbmF0dXJl`;
}

/** A client whose requests are answered with an empty list. */
function watched(options: { token: string; userId?: string }): { flowith: Flowith; sent: Request[] } {
  const sent: Request[] = [];
  const flowith = new Flowith({
    ...options,
    fetch: async (input, init) => {
      sent.push(new Request(input, init));
      return Response.json([]);
    },
  });
  return { flowith, sent };
}

it("the hosts and the key are those of the Python client", async () => {
  const { flowith, sent } = watched({ token: token(userId) });
  await flowith.account.credits();
  await flowith.content.notices();
  const [edge, rows] = sent;
  expect(edge?.url).toBe(`${constants.EDGE_URL}/user/credits`);
  expect(rows?.url).toBe(`${constants.SUPABASE_URL}/rest/v1/public_notice?select=*`);
  expect(rows?.headers.get("apikey")).toBe(constants.SUPABASE_ANON_KEY);
});

it("the token goes bare to the edge, and as a bearer to the rows", async () => {
  const given = token(userId);
  const { flowith, sent } = watched({ token: given });
  await flowith.account.credits();
  await flowith.content.notices();
  expect(sent.map(({ headers }) => headers.get("authorization"))).toEqual([given, `Bearer ${given}`]);
});

it("the user is the token's, else the one that the options name", async () => {
  for (const options of [{ token: token(userId) }, { token: token(), userId }]) {
    const { flowith, sent } = watched(options);
    await flowith.account.uploads();
    expect(new URL(sent[0]?.url ?? "").searchParams.get("user_id")).toBe(`eq.${userId}`);
  }
  const { flowith, sent } = watched({ token: token(crypto.randomUUID()), userId });
  await expect(flowith.account.uploads()).rejects.toMatchObject({ name: "InvalidArgumentError" });
  expect(sent).toEqual([]);
});
