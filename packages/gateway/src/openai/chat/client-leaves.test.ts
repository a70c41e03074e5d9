import type { EmulatorUser } from "@flowith-webapi/emulator";
import OpenAI from "openai";
import { afterEach, describe, expect, it } from "vitest";
import { type Listening, listen } from "../../cli/listen.ts";
import { useService } from "../../testing/service.ts";

const service = useService();
const listening: Listening[] = [];
afterEach(async () => {
  await Promise.all(listening.splice(0).map((each) => each.stop(0)));
});

/** The client over a socket, or with the gateway in its process. */
async function clientOf(way: "socket" | "process", apiKey: string): Promise<OpenAI> {
  if (way === "process") return service.openai(apiKey, { direct: true });
  const server = await listen(service.gateway({ direct: true }).fetch, 0, "127.0.0.1");
  listening.push(server);
  return new OpenAI({ baseURL: `${server.url}/v1`, apiKey, maxRetries: 0 });
}

const ROUTES = { token: "POST /completion", apiKey: "POST /external/use/llm" } as const;

/** The model's request at the service, once it has been cut short. */
async function cutShort(user: EmulatorUser, signIn: keyof typeof ROUTES): Promise<unknown> {
  return service.emulator.journal.waitFor({ user: user.id, route: ROUTES[signIn], isCutShort: true });
}

describe.each(["socket", "process"] as const)("a client that goes away, by %s", (way) => {
  describe.each(["token", "apiKey"] as const)("with the %s", (signIn) => {
    const request = { model: "gpt-4.1-nano", messages: [{ role: "user" as const, content: "Write 400 words" }] };

    it("ends the work by leaving a stream", async () => {
      const user = await service.user();
      service.emulator.model.add({ match: "400 words", reply: "word ".repeat(400), delayMs: 20, user: user.id });
      const stream = await (await clientOf(way, user[signIn])).chat.completions.create({ ...request, stream: true });
      for await (const { choices } of stream) if (choices[0]?.delta.content) break;
      expect(await cutShort(user, signIn)).toBeDefined();
    });

    it("ends the work by aborting a request", async () => {
      const user = await service.user();
      service.emulator.model.add({ match: "400 words", reply: "word ".repeat(400), delayMs: 20, user: user.id });
      const leaving = new AbortController();
      const answer = (await clientOf(way, user[signIn])).chat.completions.create(request, { signal: leaving.signal });
      const refused = expect(answer).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
      await service.emulator.journal.waitFor({ user: user.id, route: ROUTES[signIn] });
      leaving.abort();
      await refused;
      expect(await cutShort(user, signIn)).toBeDefined();
    });
  });
});
