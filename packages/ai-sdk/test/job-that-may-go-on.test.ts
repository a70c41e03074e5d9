import { startEmulator } from "@flowith-webapi/emulator";
import { generateImage } from "ai";
import { expect, it } from "vitest";
import { createFlowith } from "../src/index.ts";

it("says by which of its fields a job is found that may be paid", async () => {
  const emulator = await startEmulator();
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  const { id: user, token, refreshToken } = await emulator.createUser();
  emulator.faults.arm({ type: "status", status: 500, route: "POST /image_gen/async", user, count: 0 });
  const flowith = createFlowith({ token, refreshToken, edgeUrl, supabaseUrl, supabaseKey });
  const asked = generateImage({ model: flowith.imageModel("gemini-3.1-flash-image"), prompt: "A boat" });
  await expect(asked).rejects.toMatchObject({
    message: expect.stringContaining("resume(error.data.handle) of a client of flowith-webapi"),
    data: { handle: { kind: "image" } },
  });
  flowith.close();
  await emulator.close();
});
