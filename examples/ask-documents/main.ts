// Answers questions about the examples' own texts, with its sources: node main.ts "How is a picture found again?"
import { readdir, readFile } from "node:fs/promises";
import { FlowithDeveloper, FlowithError } from "flowith-webapi/developer";

const questions = process.argv.length > 2 ? process.argv.slice(2) : ["How is a picture found again by the next run?"];

const developer = FlowithDeveloper.fromEnv();

/** Of Flowith: ids off the address of the web app. The emulator makes one of the READMEs beside this folder. */
async function knowledgeBases(): Promise<string[]> {
  const given = process.env.FLOWITH_KNOWLEDGE_BASES?.split(",").map((id) => id.trim());
  if (given !== undefined) return given;
  const emulatorUrl = process.env.FLOWITH_EDGE_URL;
  if (emulatorUrl === undefined) throw new Error("Set FLOWITH_KNOWLEDGE_BASES to the ids of your knowledge bases.");
  const folder = new URL("../", import.meta.url);
  const documents: { title: string; text: string }[] = [];
  for (const name of await readdir(folder)) {
    const text = await readFile(new URL(`${name}/README.md`, folder), "utf8").catch(() => undefined);
    if (text !== undefined) documents.push({ title: `${name}/README.md`, text });
  }
  const answer = await fetch(`${emulatorUrl}/__emulator/knowledge-bases`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ userId: process.env.FLOWITH_USER_ID, documents }),
  });
  if (!answer.ok) throw new Error(`No knowledge base could be made: ${await answer.text()}`);
  const { id }: { id: string } = await answer.json();
  return [id];
}

try {
  const session = developer.knowledge.startSession({ knowledgeBases: await knowledgeBases() });
  for (const question of questions) {
    console.log(`> ${question}\n`);
    const stream = session.askStream(question);
    for await (const { textDelta } of stream) process.stdout.write(textDelta);
    console.log("\n");
    const { sources } = await stream.output;
    for (const [index, { title, text }] of sources.entries()) {
      console.log(`[${index + 1}] ${title}: ${text?.replace(/\s+/g, " ").slice(0, 60)} …`);
    }
  }
} catch (error) {
  if (!FlowithError.is(error)) throw error;
  console.error(String(error));
  process.exitCode = 1;
}
