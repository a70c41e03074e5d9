import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Emulator, type ScriptedReply, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outputsOf, programsOf, workerOf } from "../../emulator/src/testing/readme-programs.ts";
import { compileErrors } from "./compile-errors.ts";

const packageFolder = fileURLToPath(new URL("../", import.meta.url));
const programs = programsOf(readFileSync(`${packageFolder}README.md`, "utf8"));
const headings = [...new Set(programs.map(({ heading }) => heading))];

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const files = { "photo.png": Buffer.from(PNG, "base64"), "report.pdf": "%PDF-1.7\n%%EOF\n" };

interface Expected {
  /** What its programs print, joined. */
  output: RegExp;
  /** What the model says. */
  replies?: Omit<ScriptedReply, "user">[];
  credits?: number;
}

const call = { name: "weather", arguments: { city: "Rome" } };
const AGENT: ScriptedReply = {
  match: "How is",
  steps: [
    { toolCalls: [call], fragments: [`<tool_call>${JSON.stringify(call)}</tool_call>`] },
    { reply: "It is clear." },
  ],
};

/** What is expected of each heading's programs, which run one after the other in one folder. */
const EXPECTED: Record<string, Expected> = {
  "@flowith-webapi/ai-sdk": { output: /Warsaw/ },
  "Text, as it is written": {
    output: /\Sstop\n[\s\S]*nodeId: '[\s\S]*convId: '[\s\S]*model: 'gemini-3.1-pro-preview'/,
  },
  Tools: {
    replies: [AGENT],
    output: /^2 It is clear\.$/m,
  },
  Objects: { replies: [{ match: "capital", reply: '```json\n{"city": "Warsaw"}\n```' }], output: /^Warsaw$/m },
  "Chats with pictures and files": {
    replies: [
      { match: "in common", reply: "Little." },
      { match: "sets them apart", reply: "Much." },
    ],
    output: /^Little\. Much\.$/m,
  },
  Pictures: { output: /^2 \[[\s\S]*url: 'http[\s\S]*nodeId: '/ },
  Clips: { output: /^(pending|completed)$/m },
  "Conversations, and other options of a call": { output: /^[\da-f-]{36} \S/m },
  "With ai 6": { output: /Warsaw/ },
  "When something goes wrong": { credits: 0, output: /^Nothing is left to pay with\.$/m },
};
const WORKER = "Settings";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 10, fragmentMs: 1, imageMs: 10, videoMs: 10 });
});
afterAll(() => emulator.close());

function programsUnder(heading: string): typeof programs {
  return programs.filter((program) => program.heading === heading);
}

describe("the README's programs run", () => {
  it("all of them", () => {
    expect(headings.filter((heading) => heading !== WORKER)).toEqual(Object.keys(EXPECTED));
  });

  it.each(Object.entries(EXPECTED))("%s", async (heading, { output, replies = [], credits }) => {
    const user = await emulator.createUser(credits === undefined ? {} : { credits });
    for (const reply of replies) emulator.model.add({ ...reply, user: user.id });
    const env = { FLOWITH_TOKEN: user.token, FLOWITH_REFRESH_TOKEN: user.refreshToken, AI_SDK_LOG_WARNINGS: "false" };
    const outputs = await outputsOf(programsUnder(heading), { packageFolder, emulator, env, files });
    expect(outputs.join("")).toMatch(output);
  });

  it("those of TypeScript compile, that of ai 6 with ai 6", async () => {
    const typed = programs.filter(({ language }) => language === "ts");
    expect(typed.map(({ heading }) => heading)).toContain("With ai 6");
    const sources = typed.map(({ heading, code }) => (heading === "With ai 6" ? code.replace('"ai"', '"ai6"') : code));
    expect(await compileErrors(sources, packageFolder)).toBe("");
  });

  it("Tools, by an API key", async () => {
    const user = await emulator.createUser();
    emulator.model.add({ ...AGENT, user: user.id });
    const env = { FLOWITH_TOKEN: "", FLOWITH_REFRESH_TOKEN: "", FLOWITH_API_KEY: user.apiKey };
    const [output] = await outputsOf(programsUnder("Tools"), { packageFolder, emulator, env });
    expect(output).toBe("2 It is clear.\n");
    expect(emulator.journal.list({ user: user.id, route: "POST /external/use/llm" })).toHaveLength(2);
  });

  it("a Worker's", async () => {
    const { token, refreshToken } = await emulator.createUser();
    const bindings = { TOKEN: token, REFRESH_TOKEN: refreshToken };
    const [program = { code: "" }] = programsUnder(WORKER);
    const worker = await workerOf(program, { packageFolder, emulator, bindings });
    try {
      const init = { method: "POST", body: "What is the capital of Poland?" };
      const answer = await worker.dispatchFetch("http://worker.localhost/", init);
      expect(await answer.text()).toContain("Warsaw");
    } finally {
      await worker.dispose();
    }
  });
});
