import Anthropic from "@anthropic-ai/sdk";
import { expect, it } from "vitest";
import { useService } from "../testing/service.ts";

const service = useService();

it("503 of a job's post is the client's own error, when it has been looked for", async () => {
  const { id, token } = await service.user();
  service.emulator.faults.arm({ type: "status", status: 503, route: "POST /completion/async", user: id, count: 0 });
  const messages = [{ role: "user" as const, content: "Hi" }];
  const asked = service.anthropic(token).messages.create({ model: "gpt-4.1-nano", max_tokens: 500, messages });
  await expect(asked).rejects.toBeInstanceOf(Anthropic.ServiceUnavailableError);
});
