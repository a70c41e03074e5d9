import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, type EmulatorUser, type NewUser, startEmulator } from "@flowith-webapi/emulator";
import { Flowith } from "flowith-webapi";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { consent } from "../../../packages/conformance/src/oauth-consent.ts";
import { BotProcess } from "./bot-process.ts";

let emulator: Emulator;
let folder: string;
let port: number;

beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 0, fragmentMs: 0, imageMs: 0 });
  port = await freePort();
});

afterAll(() => emulator.close());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-bot-"));
});

afterEach(async () => {
  emulator.faults.remove();
  emulator.model.clear();
  await rm(folder, { recursive: true, force: true });
});

it("answers twenty users at once, each in their own conversation, and shows credits", async () => {
  await using bot = startBot();
  const names = Array.from({ length: 20 }, (_, index) => `user${index}`);
  await Promise.all(
    names.map(async (userId, index) => {
      const user = await signedIn(bot, userId);
      // The first two say the same words, and so do all with the question.
      await bot.ask(userId, `My name is Name${Math.max(1, index)}.`, "Nice to meet you");
      await bot.ask(userId, "What is my name?", new RegExp(`Your name is Name${Math.max(1, index)}\\.`));
      expect(posts(user, "text")).toBe(2);
      await bot.ask(userId, "/credits", /^19998 credits/);
    }),
  );
});

it("signs in on the provider's page, in the chat where that was begun and in no other", async () => {
  await using bot = startBot();
  const { email } = await emulator.createUser();
  await bot.ask("mallory", "/login", "Sign in at");
  const first = await bot.ask("ann", "/login", "Sign in at");
  expect(await afterConsent(first.text, { error: "access_denied" })).toContain("You are not signed in");
  const second = await bot.ask("ann", "/login", "Sign in at");
  const [shown = ""] = /\/login .*/.exec(await afterConsent(second.text, { code: email })) ?? [];
  await bot.ask("mallory", shown, "That is no sign-in");
  await bot.ask("ann", shown, "You are signed in");
  await bot.ask("ann", "/credits", "20000 credits");
  await bot.ask("ann", shown, "That is no sign-in");
});

it("refuses what was pasted wrongly, and shows nothing of it", async () => {
  await using bot = startBot();
  const { token } = await emulator.createUser();
  await bot.ask("ann", `/login "${token}"`, "That is no sign-in");
  expect(bot.sent.map(({ text }) => text).join()).not.toContain(token.slice(0, 20));
  await bot.ask("ann", "Hello", "You are not signed in");
  await bot.ask("ann", `/login ${token}`, "It is an access token");
  await bot.ask("ann", `/login ${JSON.stringify({ access_token: token })}`, "You are signed in");
  await bot.ask("ann", "Hello", "You said");
});

it("loses neither an answer, nor a picture, nor the conversation when it is killed", async () => {
  emulator.model.add({ match: "a tale", fragments: "Once upon a time.".split(/(?=[ .])/), delayMs: 600 });
  let ann: EmulatorUser;
  let bob: EmulatorUser;
  let tale: string;
  let picture: string;
  let unsaved: string;
  {
    await using bot = startBot();
    ann = await signedIn(bot, "ann");
    bob = await signedIn(bot, "bob");
    await bot.ask("ann", "My name is Ann.", "Nice to meet you");
    const carol = await signedIn(bot, "carol");
    emulator.faults.arm({ type: "silence", route: "GET /files/*" });
    ({ messageId: unsaved } = await bot.ask("carol", "/image A mill", /^…$/));
    await emulator.journal.waitFor({ route: "GET /files/*" }); // it is made, and not saved yet
    expect(posts(carol, "picture")).toBe(1);
    emulator.settings.imageMs = 2_500;
    ({ messageId: picture } = await bot.ask("bob", "/image A boat", /^…$/));
    await emulator.journal.waitFor({ user: bob.email, route: "POST /image_gen/async" });
    ({ messageId: tale } = await bot.ask("ann", "Tell me a tale", /^Once.* …$/));
    expect(bot.sent.at(-1)?.text).not.toContain("time.");
  }
  emulator.settings.imageMs = 0;
  await using bot = startBot();
  bot.say("ann", "What is my name?"); // in the queue behind the answer that is still to come
  expect(await bot.heard("ann", "Once upon a time.")).toMatchObject({ messageId: tale, text: "Once upon a time." });
  await bot.heard("ann", "Your name is Ann.");
  const drawn = [await bot.heard("bob", /\.png$/), await bot.heard("carol", /\.png$/)];
  expect(drawn.map(({ messageId }) => messageId)).toEqual([picture, unsaved]);
  for (const { text } of drawn) expect((await readFile(text)).subarray(1, 4).toString()).toBe("PNG");
  expect([posts(ann, "text"), posts(bob, "picture")]).toEqual([3, 1]);
  for (const userId of ["bob", "carol"]) await bot.ask(userId, "/credits", "19990 credits");
  expect(await readdir(join(folder, "jobs"))).toEqual([]);
});

it("says when a sign-in is over, and goes on with the conversation after the next one", async () => {
  await using bot = startBot();
  const password = "correct horse battery staple";
  const { email } = await signedIn(bot, "ann", { password });
  await bot.ask("ann", "My name is Ann.", "Nice to meet you");
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  const { auth } = new Flowith({ edgeUrl, supabaseUrl, supabaseKey }); // the web app
  await auth.signInWithPassword({ email, password });
  await auth.logout();
  emulator.clock.advance(3_700_000);
  await bot.ask("ann", "What is my name?", "Your sign-in at Flowith is over.");
  await bot.heard("ann", "You are not signed in");
  const { accessToken, refreshToken } = await auth.signInWithPassword({ email, password });
  await bot.ask(
    "ann",
    `/login ${JSON.stringify({ access_token: accessToken, refresh_token: refreshToken })}`,
    "You are",
  );
  await bot.ask("ann", "What is my name?", "Your name is Ann.");
});

it("tells who has no credits, and who asks too often", async () => {
  await using bot = startBot();
  await signedIn(bot, "poor", { credits: 0 });
  await bot.ask("poor", "Hello", "too few credits");
  await bot.ask("poor", "/image A boat", "too few credits");
  const { email } = await signedIn(bot, "ann");
  const headers = { "retry-after": "90" };
  emulator.faults.arm({ type: "status", status: 429, headers, route: "POST /completion/async", user: email });
  await bot.ask("ann", "Hello", "Try again in 90 s");
  await bot.ask("ann", "Hello", "You said");
});

it("stops, and begins anew", async () => {
  emulator.model.add({ match: "a tale", fragments: ["Once ", "upon ", "a time."], delayMs: 1_100 });
  await using bot = startBot();
  await signedIn(bot, "ann");
  await bot.ask("ann", "My name is Ann.", "Nice to meet you");
  const { messageId } = await bot.ask("ann", "Tell me a tale", /^Once.* …$/);
  expect((await bot.ask("ann", "/stop", "Stopped.")).messageId).toBe(messageId);
  await bot.ask("ann", "What is my name?", "Your name is Ann.");
  bot.say("ann", "/new");
  await bot.ask("ann", "What is my name?", /don't know|do not know/i);
  await bot.ask("ann", "/help", "Talk to me");
});

function startBot(): BotProcess {
  return new BotProcess(emulator, folder, port);
}

/** A user of the service who has pasted the session of the web app into the chat. */
async function signedIn(bot: BotProcess, userId: string, options: NewUser = {}): Promise<EmulatorUser> {
  const user = await emulator.createUser(options);
  const copied = JSON.stringify({ access_token: user.token, refresh_token: user.refreshToken });
  await bot.ask(userId, `/login ${copied}`, "You are signed in");
  return user;
}

function posts({ email }: EmulatorUser, kind: "text" | "picture"): number {
  const route = kind === "text" ? "POST /completion/async" : "POST /image_gen/async";
  return emulator.journal.list({ user: email, route }).length;
}

/** What the bot's page says to who has answered the provider's. */
async function afterConsent(message: string, answer: Record<string, string>): Promise<string> {
  const [signInUrl = ""] = /http:\S+/.exec(message) ?? [];
  return (await fetch(await consent(signInUrl, answer))).text();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
