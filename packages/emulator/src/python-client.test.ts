import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { startEmulator } from "./start-emulator.ts";
import { pythonWithClient } from "./testing/python-environment.ts";

const witness = fileURLToPath(new URL("../python/witness.py", import.meta.url));

function runWitness(python: string, input: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, [witness]);
    let output = "";
    let complaints = "";
    child.stdout.on("data", (data: Buffer) => {
      output += data.toString();
    });
    child.stderr.on("data", (data: Buffer) => {
      complaints += data.toString();
    });
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve(output) : reject(new Error(complaints))));
    child.stdin.end(JSON.stringify(input));
  });
}

const environment = await pythonWithClient();
if ("missing" in environment) {
  process.stderr.write(
    `\n!!! The published Python client was NOT tried against the emulator: ${environment.missing}\n\n`,
  );
}

it.skipIf("missing" in environment)("serves the published Python client, unpatched", { timeout: 120_000 }, async () => {
  if ("missing" in environment) return;
  await using emulator = await startEmulator();
  const user = await emulator.createUser({ email: "python@example.com" });
  const seen: unknown = JSON.parse(
    await runWitness(environment.python, {
      edge_url: emulator.edgeUrl,
      supabase_url: emulator.supabaseUrl,
      token: user.token,
      refresh_token: user.refreshToken,
    }),
  );
  const haiku = "Water finds its way,\nword by word the answer comes:\nnothing lost, all told.";
  expect(seen).toEqual({
    generate: { text: "The capital of Poland is Warsaw.", reasoning: "" },
    // its own splitter misses a tag that is split between fragments, so the deltas have tags in them; the end is right
    stream: {
      chunks: expect.any(Number),
      joined: expect.stringContaining(haiku),
      text: haiku,
      reasoning: expect.stringContaining("The user writes: Write a haiku"),
    },
    image: { count: 1, head: "89504e470d0a1a0a" },
    video: { head: "ftyp" },
    title: "How do I bake bread at",
    upload: { type: "txt", content: "Hello from Python" },
    about_upload: 'hello.txt has 17 bytes and begins: "Hello from Python".',
    models: expect.objectContaining({ "gpt-4.1-nano": "text", "seedance-2.0-fast": "video" }),
    // 1 for each of three texts, 10 for the picture, 100 for the video
    credits: [["pro", 20_000 - 113, 20_000]],
    credit_type: "pro",
    templates: ["text", "image", "video"],
    conversations: 5,
    nodes: [
      ["1", "What is the capital of Poland?"],
      ["2", "The capital of Poland is Warsaw."],
    ],
    // it sends one message a turn, so the model cannot know
    session: "I don't know your name: you have not told me.",
    uploads: [["hello.txt", "txt"]],
    subscriptions: [{ id: "pro", quota: 20_000 }],
    cooperation: [],
    profile: "pl",
    online: 1,
    migration: "20260101000000",
    rewards: [true, true, false],
    campaign: false,
    auth_user: "python@example.com",
    refreshed: true,
    // five and the session's, less the deleted one
    after_delete: 5,
  });
});
