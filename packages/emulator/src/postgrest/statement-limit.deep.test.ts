import { expect, it } from "vitest";
import { createEmulator } from "../start-emulator.ts";
import { TestClient } from "../testing/test-client.ts";

it("embeds that multiply beyond all bounds end like a statement that took too long", async () => {
  await using emulator = await createEmulator();
  const client = await TestClient.create(emulator);
  const conv = await client.conversation();
  const nodes = Array.from({ length: 20 }, () => ({ data: {}, type: "1", conv_id: conv }));
  expect((await client.rest("/flow_node", { method: "POST", body: JSON.stringify(nodes) })).status).toBe(201);
  // 20 nodes to the fifth power, and each with all that is round it
  const select = `${"x:conversation(flow_node(".repeat(5)}id${"))".repeat(5)}`;
  const answer = await client.rest(`/flow_node?conv_id=eq.${conv}&select=${select}`);
  expect([answer.status, await answer.json()]).toEqual([
    500,
    { code: "57014", details: null, hint: null, message: "canceling statement due to statement timeout" },
  ]);
  expect((await client.rest("/flow_node?select=id,conversation(title)&limit=1")).status).toBe(200);
});
