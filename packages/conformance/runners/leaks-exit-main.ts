// Run by Node and by Deno: a script that does one thing and ends. It says when it is done; nothing else may keep the
// process alive for longer than the event connection lingers. Arguments: the emulator's URL, and how the job ends.
import process from "node:process";
import { Flowith } from "flowith-webapi/node";
import { httpControl } from "../src/control.ts";
import { rejection } from "../src/rejection.ts";

const [emulatorUrl = "", ending = ""] = process.argv.slice(2);
const control = httpControl(emulatorUrl);
const user = await control.newUser();
const { edgeUrl, supabaseUrl, supabaseKey } = await control.addresses();
const options = { edgeUrl, supabaseUrl, supabaseKey, token: user.token, refreshToken: user.refreshToken };
await control.script(user, { match: "slow", fragments: ["One ", "two."], delayMs: 60_000 });

const endings: Record<string, () => Promise<unknown>> = {
  ok: () => new Flowith(options).generate("Hello"),
  "a conversation that gets a title": () => new Flowith(options).startConversation({ autoTitle: true }).send("Hello"),
  picture: async () => (await new Flowith(options).generateImage("A boat")).image.bytes(),
  async error() {
    await control.script(user, { match: "fails", fail: { reason: "provider_error", by: "event" } });
    await rejection(new Flowith(options).generate("fails"));
  },
  async break() {
    for await (const _ of new Flowith(options).generateStream("slow")) break;
  },
  async abort() {
    const controller = new AbortController();
    const reading = async (): Promise<void> => {
      const { signal } = controller;
      for await (const _ of new Flowith(options).generateStream("slow", { signal })) controller.abort();
    };
    await rejection(reading());
  },
  async limit() {
    await rejection(new Flowith(options).generate("slow", { timeout: { totalMs: 400 } }));
  },
  async "a job that is left to itself"() {
    await new Flowith(options).submitText("slow");
  },
  async close() {
    const flowith = new Flowith({ ...options, events: { lingerMs: 600_000 } });
    await flowith.generate("Hello");
    flowith.close();
  },
  async "await using, in the middle of a job"() {
    await using flowith = new Flowith({ ...options, events: { lingerMs: 600_000 } });
    for await (const _ of flowith.generateStream("slow")) {
      flowith.generate("slow").catch(() => undefined);
      return;
    }
  },
};

await endings[ending]?.();
console.log("done");
