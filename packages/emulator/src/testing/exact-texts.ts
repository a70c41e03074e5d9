import { randomUUID } from "node:crypto";
import { createEmulator } from "../start-emulator.ts";
import { TestClient } from "./test-client.ts";

/** Many users who each have many jobs at once. @returns how many of their texts came through exactly */
export async function exactTexts(userCount: number, jobsEach: number): Promise<number> {
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
      await stream.until(({ text }) => (text.match(ends)?.length ?? 0) === jobsEach, 200_000);
      const streamed = new Map<string, string>();
      for (const { nodeId = "", chunks } of stream.chunks) {
        streamed.set(nodeId, (streamed.get(nodeId) ?? "") + (chunks ?? []).join(""));
      }
      await stream.close();
      return [...texts].filter(([nodeId, text]) => streamed.get(nodeId) === text).length;
    }),
  );
  return exact.reduce((sum, count) => sum + count, 0);
}
