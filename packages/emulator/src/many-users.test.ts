import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { createEmulator } from "./start-emulator.ts";
import { TestClient } from "./testing/test-client.ts";

const userCount = 100;
const jobsEach = 20;

it(`gives ${userCount} users with ${jobsEach} jobs each every text, exactly`, { timeout: 60_000 }, async () => {
  await using emulator = await createEmulator();
  const clients = await Promise.all(Array.from({ length: userCount }, () => TestClient.create(emulator)));
  const exact = await Promise.all(
    clients.map(async (client, user) => {
      const conv_id = await client.conversation();
      const texts = new Map(
        Array.from({ length: jobsEach }, (_, job) => [
          randomUUID(),
          `user ${user} job ${job} one two three four five six`,
        ]),
      );
      const rows = [...texts.keys()].map((id) => ({ id, conv_id, type: "2", p_id: conv_id, data: { status: "init" } }));
      await client.rest("/flow_node", { method: "POST", body: JSON.stringify(rows) });
      const stream = await client.stream();
      for (const [nodeId, text] of texts) {
        const messages = [{ role: "user", content: `Say: ${text}` }];
        await client.post("/completion/async", { model: "gpt-4.1-nano", messages, nodeId, convId: conv_id });
      }
      const ends = /"type":"complete"/g;
      await stream.until(({ text }) => (text.match(ends)?.length ?? 0) === jobsEach, 50_000);
      const streamed = new Map<string, string>();
      for (const { nodeId = "", chunks } of stream.chunks) {
        streamed.set(nodeId, (streamed.get(nodeId) ?? "") + (chunks ?? []).join(""));
      }
      await stream.close();
      return [...texts].filter(([nodeId, text]) => streamed.get(nodeId) === text).length;
    }),
  );
  expect(exact.reduce((sum, count) => sum + count, 0)).toBe(userCount * jobsEach);
});
