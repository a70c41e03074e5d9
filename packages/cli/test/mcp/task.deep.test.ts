import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { Flowith } from "flowith-webapi";
import { afterAll, beforeAll, expect, it } from "vitest";
import { McpOverStdio } from "./mcp-client.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 20, imageMs: 50 });
});
afterAll(() => emulator.close());

it("who has these tools alone puts three pictures into a conversation within a budget", async () => {
  const user = await emulator.createUser();
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  await using flowith = new Flowith({ token: user.token, edgeUrl, supabaseUrl, supabaseKey });
  const { convId } = await flowith.generate("Let us plan a week in Kyoto.");
  await flowith.conversations.rename(convId, "Kyoto in autumn");
  await flowith.generate("Something else.");

  await using mcp = await McpOverStdio.start(emulator, { user });
  const found = await mcp.call("list_conversations", { query: "kyoto" });
  expect(found).toMatchObject({ conversations: [{ conversation_id: convId }] });
  const before = await mcp.call("get_credits");
  const prompt = "A temple in Kyoto, maple leaves";
  // nobody knows a price yet, and a budget is told: it has to be asked for
  expect(await mcp.fail("generate_image", { prompt, conversation_id: convId, max_credits: 11 })).toContain(
    "Ask the user",
  );
  const first = await mcp.call("generate_image", { prompt, conversation_id: convId });
  expect(first).toMatchObject({ credits: { spent: 10 } });
  // too small a budget ends here
  expect(await mcp.fail("generate_image", { prompt, conversation_id: convId, max_credits: 5 })).toContain(
    "about 10 credits",
  );
  const others = await Promise.all(
    ["at dawn", "at night"].map((when) =>
      mcp.call("generate_image", {
        prompt: `${prompt}, ${when}`,
        conversation_id: convId,
        max_credits: 11,
        wait: false,
      }),
    ),
  );
  for (const { job_id } of others)
    expect(await mcp.call("wait_for_job", { job_id })).toMatchObject({
      conversation_id: convId,
      media: [{ shown: true }],
    });
  expect(await mcp.call("get_credits")).toMatchObject({ remaining: Number(before.remaining) - 30, spent: 30 });
  const pictures = (await flowith.conversations.nodes(convId)).filter(({ text }) => text.endsWith(".png"));
  expect(pictures).toHaveLength(3);
});
