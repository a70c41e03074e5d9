import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import OpenAI from "openai";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pngFile } from "../src/testing/png.ts";
import { startCommand, urlOf } from "./support/command.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 5, fragmentMs: 1, videoMs: 50 });
});
afterAll(() => emulator.close());

it("every route answers over a socket", async () => {
  const user = await emulator.createUser();
  const child = startCommand(emulator, "--port", "0");
  try {
    const openai = new OpenAI({ baseURL: `${await urlOf(child)}/v1`, apiKey: user.token, maxRetries: 0 });
    const stream = openai.responses.stream({ model: "gpt-4.1-nano", input: "Say: well done" });
    expect((await stream.finalResponse()).output_text).toContain("well done");
    const { id } = await openai.files.create({ file: pngFile(), purpose: "vision" });
    expect(await (await openai.files.content(id)).arrayBuffer()).toHaveProperty("byteLength", pngFile().size);
    const image = [pngFile("a.png"), pngFile("b.png")];
    const edited = await openai.images.edit({ model: "gpt-image-1", prompt: "Both", image });
    expect(edited.data?.[0]?.b64_json).toMatch(/^iVBORw0KGgo/);
    const video = await openai.videos.create({ prompt: "A boat", input_reference: pngFile() });
    let status = video.status;
    while (status === "queued" || status === "in_progress") {
      await new Promise((resolve) => setTimeout(resolve, 50));
      status = (await openai.videos.retrieve(video.id)).status;
    }
    expect(status).toBe("completed");
    const bytes = Buffer.from(await (await openai.videos.downloadContent(video.id)).arrayBuffer());
    expect(bytes.subarray(4, 8).toString()).toBe("ftyp");
    const large = new File([new Uint8Array(50 * 1024 * 1024)], "large.bin");
    await expect(openai.files.create({ file: large, purpose: "user_data" })).rejects.toMatchObject({ status: 413 });
  } finally {
    child.kill();
  }
});
