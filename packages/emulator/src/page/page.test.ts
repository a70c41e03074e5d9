import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEmulator, startEmulator } from "../start-emulator.ts";
import { TestClient } from "../testing/test-client.ts";

let emulator: Awaited<ReturnType<typeof createEmulator>>;
beforeAll(async () => {
  emulator = await createEmulator({ firstEventMs: 0, fragmentMs: 0, imageMs: 0 });
});
afterAll(() => emulator.close());

const accept = "text/html,application/xhtml+xml,*/*;q=0.8";

async function page(conversation = ""): Promise<{ text: string; headers: Headers }> {
  const response = await emulator.fetch(`/?conversation=${conversation}`, { headers: { accept } });
  return { text: await response.text(), headers: response.headers };
}

describe("the page at /", () => {
  it("shows users, conversations, nodes with their edges, and the journal", async () => {
    const { text } = await page("0c000000-0000-4000-8000-000000000001");
    for (const shown of [
      "alice@example.com",
      "Kyoto in autumn",
      "Plan a day in Kyoto",
      "walk along the river",
      "<path d=",
    ]) {
      expect(text).toContain(shown);
    }
    expect(text).not.toContain("A short plan will do.");
  });

  it("shows a picture, the job that drew it and its request, but not its own", async () => {
    const client = await TestClient.create(emulator);
    const { nodeId } = await client.draw("A fox");
    const done = /"status":"done"/;
    await expect.poll(async () => JSON.stringify(await client.data(nodeId))).toMatch(done);
    const { text } = await page(await client.conversation());
    expect(text).toMatch(/<img src="http:\/\/files\.localhost\/files\/[^"]+\.png"/);
    expect(text).toContain("gemini-3.1-flash-image");
    expect(text).toContain("/image_gen/async");
    expect(emulator.journal.list({ route: "GET /" })).toEqual([]);
  });

  it("takes rows for text, and loads nothing from elsewhere", async () => {
    const client = await TestClient.create(emulator);
    await client.node("2", { value: "<script>alert(1)</script><img src=x>", model: '"><b>' });
    await client.node("2", { value: "https://elsewhere.example/spy.png" });
    const { text, headers } = await page(await client.conversation());
    expect(text).toContain("&lt;script&gt;alert(1)");
    expect(text).not.toMatch(/<script>alert|<img src="?(x|https:)/);
    expect(headers.get("content-security-policy")).toMatch(/default-src 'none'.*img-src data: 'self' http:\/\/files/);
    const nonce = /<script nonce="([^"]+)"/.exec(text)?.[1] ?? "none";
    expect(headers.get("content-security-policy")).toContain(`script-src 'nonce-${nonce}'`);
  });

  it("is for browsers: who asks for JSON gets JSON", async () => {
    for (const asked of ["application/json", "*/*"]) {
      const response = await emulator.fetch("/", { headers: { accept: asked } });
      expect(await response.json()).toMatchObject({ code: "not_emulated" });
    }
  });

  it("wants the control key where others can reach it", async () => {
    await using open = await startEmulator({ host: "0.0.0.0", controlKey: "open-sesame" });
    const url = open.url.replace("0.0.0.0", "127.0.0.1");
    expect((await fetch(url, { headers: { accept } })).status).toBe(401);
    expect((await fetch(`${url}/?key=open-sesame`, { headers: { accept } })).status).toBe(200);
  });
});
