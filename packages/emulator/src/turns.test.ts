import { afterAll, beforeAll, expect, it } from "vitest";
import { createEmulator } from "./start-emulator.ts";
import { createTurns } from "./turns.ts";

let emulator: Awaited<ReturnType<typeof createEmulator>>;
beforeAll(async () => {
  emulator = await createEmulator();
});
afterAll(() => emulator.close());

it("lets nobody work beside who is alone, and goes on after a failure", async () => {
  const turns = createTurns();
  const log: string[] = [];
  const step = (name: string) => async (): Promise<void> => {
    log.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    log.push(`${name} ends`);
  };
  const failing = turns.alone(() => Promise.reject(new Error("failed")));
  const all = [turns.together(step("a")), turns.together(step("b")), turns.alone(step("c")), turns.together(step("d"))];
  await expect(failing).rejects.toThrow("failed");
  await Promise.all(all);
  expect(log).toEqual(["a begins", "b begins", "a ends", "b ends", "c begins", "c ends", "d begins", "d ends"]);
});

it("resets that come together with each other and with new users all succeed", async () => {
  const control = async (path: string): Promise<number> =>
    (await emulator.fetch(`/__emulator/${path}`, { method: "POST" })).status;
  const wishes = Array.from({ length: 12 }, (_, at) => control(at % 3 === 0 ? "reset" : "users"));
  expect(new Set(await Promise.all(wishes))).toEqual(new Set([200, 201]));
});

it("an emulator that is closed says so", async () => {
  const closed = await createEmulator();
  await closed.close();
  await expect(closed.fetch("/models")).rejects.toMatchObject({ message: "fetch failed", cause: expect.any(Error) });
  await expect(closed.createUser()).rejects.toThrow("The emulator is closed.");
});
