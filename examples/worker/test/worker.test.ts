import { fileURLToPath } from "node:url";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { readGeneration } from "flowith-webapi";
import type { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorker, workerBundle } from "../../../packages/emulator/src/testing/in-workerd.ts";

let emulator: Emulator;
let worker: Miniflare;

beforeAll(async () => {
  emulator = await startEmulator();
  const { refreshToken } = await emulator.createUser();
  const script = await workerBundle(fileURLToPath(new URL("../worker.ts", import.meta.url)));
  worker = await startWorker(script, {
    r2Buckets: ["PICTURES"],
    durableObjects: { SESSION: "FlowithSession" },
    bindings: {
      FLOWITH_REFRESH_TOKEN: refreshToken,
      FLOWITH_EDGE_URL: emulator.edgeUrl,
      FLOWITH_SUPABASE_URL: emulator.supabaseUrl,
      FLOWITH_SUPABASE_KEY: emulator.supabaseKey,
    },
  });
});

afterAll(async () => {
  await worker?.dispose();
  await emulator?.close();
});

describe("the Worker", () => {
  it("relays a text", async () => {
    const response = await worker.dispatchFetch("http://worker.localhost/text?prompt=What+is+the+capital+of+Poland");
    const body = response.body as unknown as ReadableStream<Uint8Array>;
    const stream = readGeneration(new Response(body, { headers: { "content-type": "text/event-stream" } }));
    let [text, isFinal] = ["", false];
    for await (const chunk of stream) {
      text += chunk.textDelta;
      isFinal = chunk.isFinal;
    }
    expect(text).toContain("Warsaw");
    expect(isFinal).toBe(true);
  });

  it("keeps pictures in its bucket", async () => {
    const made = await worker.dispatchFetch("http://worker.localhost/pictures", { method: "POST", body: "A cat" });
    expect(made.status).toBe(201);
    const { location, sizeBytes } = (await made.json()) as { location: string; sizeBytes: number };
    const picture = await worker.dispatchFetch(`http://worker.localhost/pictures/${location}`);
    const bytes = new Uint8Array(await picture.arrayBuffer());
    expect(bytes.length).toBe(sizeBytes);
    expect([...bytes.subarray(1, 4)]).toEqual([..."PNG"].map((letter) => letter.charCodeAt(0)));
  });

  it("stays signed in when requests refresh at the same moment", async () => {
    const asked = Array.from({ length: 6 }, (_, index) =>
      worker.dispatchFetch(`http://worker.localhost/text?prompt=Number+${index}`).then((response) => response.text()),
    );
    for (const text of await Promise.all(asked)) expect(text).not.toContain("AuthenticationError");
    emulator.clock.advance(3_600_000);
    const again = Array.from({ length: 6 }, () =>
      worker.dispatchFetch("http://worker.localhost/text?prompt=later").then((response) => response.text()),
    );
    for (const text of await Promise.all(again)) expect(text).not.toContain("AuthenticationError");
  });
});
