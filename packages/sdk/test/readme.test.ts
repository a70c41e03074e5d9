import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { readGeneration } from "flowith-webapi";
import { expect, it } from "vitest";
import {
  outputsOf as outputsOfPrograms,
  programsOf,
  type ReadmeProgram,
  workerOf,
} from "../../emulator/src/testing/readme-programs.ts";

const programs = programsOf(readFileSync(new URL("../README.md", import.meta.url), "utf8"));
// A folder that has the package among its dependencies.
const packageFolder = fileURLToPath(new URL("../../conformance/", import.meta.url));

/** The README's example that has these words in it. */
function example(language: "ts" | "js", words: string): ReadmeProgram {
  const found = programs.find((program) => program.language === language && program.code.includes(words));
  if (found === undefined) throw new Error(`The README has no example in ${language} with: ${words}`);
  return found;
}

/** Runs an example, as often as is said. @returns what each run has printed */
async function outputsOf(
  program: ReadmeProgram,
  emulator: Emulator,
  env: NodeJS.ProcessEnv,
  runs = 1,
): Promise<string[]> {
  return outputsOfPrograms(
    Array.from({ length: runs }, () => program),
    { packageFolder, emulator, env },
  );
}

it("shows a sign-in that works, and is remembered by the next run", async () => {
  await using emulator = await startEmulator();
  const user = await emulator.createUser({ password: "correct horse" });
  const env = { EMAIL: user.email, PASSWORD: "correct horse" };
  const outputs = await outputsOf(example("ts", "signInWithPassword"), emulator, env, 2);
  expect(outputs).toEqual([`signed-in\n${user.email}\n`, `${user.email}\n`]);
});

it("shows a conversation that is sent in part, kept whole, and named", async () => {
  await using emulator = await startEmulator();
  const { id, token } = await emulator.createUser();
  expect(await outputsOf(example("ts", "autoTitle"), emulator, { FLOWITH_TOKEN: token })).toEqual(["2 6\n"]);
  const titled = emulator.journal.list({ user: id, route: "PATCH /rest/v1/conversation" });
  expect(titled.map(({ body }) => JSON.parse(body ?? ""))).toEqual([{ title: "How do tides work" }]);
});

it("shows jobs that are found again with their label and metadata", async () => {
  await using emulator = await startEmulator();
  const { token } = await emulator.createUser();
  const [output] = await outputsOf(example("ts", "metadata"), emulator, { FLOWITH_TOKEN: token });
  expect(output).toMatch(/^cover { article: 17 } http.*\n$/);
});

it("shows many jobs of which the second run pays for none", async () => {
  await using emulator = await startEmulator();
  const { id, token } = await emulator.createUser();
  const [first, second] = await outputsOf(example("ts", "resumeFrom"), emulator, { FLOWITH_TOKEN: token }, 2);
  for (const country of ["Poland", "Portugal", "Peru"]) {
    expect(first).toContain(`${country} false `);
    expect(second).toContain(`${country} true `);
  }
  expect(emulator.journal.list({ user: id, route: "POST /completion/async" })).toHaveLength(3);
});

it("shows a search in a knowledge base with its sources, and a question behind it", async () => {
  await using emulator = await startEmulator();
  const { id: userId, apiKey } = await emulator.createUser();
  const passage = "The ferry leaves at 7:30. On Sundays it leaves at 9:15.";
  const { id } = await emulator.createKnowledgeBase({ userId, documents: [{ title: "Ferry.md", text: passage }] });
  const env = { FLOWITH_API_KEY: apiKey, KNOWLEDGE_BASE: id };
  const [output = ""] = await outputsOf(example("ts", "startSession"), emulator, env);
  const [answer, source, ...chunks] = output.trimEnd().split("\n");
  expect(answer).toContain("7:30");
  expect(source).toBe(`Ferry.md ${passage}`);
  const answered = chunks.flatMap((chunk) => /^text (.*)$/.exec(chunk)?.[1] ?? []).join("");
  expect(answered).toContain("9:15");
  const posts = emulator.journal.list({ user: userId }).filter(({ method }) => method === "POST");
  expect(posts).toHaveLength(3);
  expect(JSON.parse(posts[2]?.body ?? "")).toMatchObject({
    model: "gpt-4.1",
    messages: [{ role: "user" }, { role: "assistant" }, { role: "user", content: "And on Sundays?" }],
  });
});

it("shows a supabase-js client that is signed in", async () => {
  await using emulator = await startEmulator();
  const { token } = await emulator.createUser();
  const code = example("js", "flowith-webapi/supabase");
  expect(await outputsOf(code, emulator, { FLOWITH_TOKEN: token })).toEqual(["1\n"]);
});

it("shows a Worker that relays a text", async () => {
  await using emulator = await startEmulator();
  const { token, refreshToken } = await emulator.createUser();
  const bindings = { TOKEN: token, REFRESH_TOKEN: refreshToken };
  const worker = await workerOf(example("js", "export default"), { packageFolder, emulator, bindings });
  try {
    const init = { method: "POST", body: "What is the capital of Poland?" };
    const answer = await worker.dispatchFetch("http://worker.localhost/", init);
    const headers = { "content-type": answer.headers.get("content-type") ?? "" };
    let text = "";
    const relayed = new Response(answer.body as BodyInit | null, { headers });
    for await (const { textDelta } of readGeneration(relayed)) text += textDelta;
    expect(text).toContain("Warsaw");
  } finally {
    await worker.dispose();
  }
});
