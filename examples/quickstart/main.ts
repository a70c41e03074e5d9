// The main job of the SDK, step by step. It talks to the emulator, or to the live service when FLOWITH_TOKEN is set.
import { fileURLToPath } from "node:url";
import { AspectRatio, Flowith } from "flowith-webapi";
import { connect } from "./connect.ts";
import { dim, heading, line, status, write } from "./terminal.ts";

const outputs = fileURLToPath(new URL("../../outputs", import.meta.url));
const stop = new AbortController();
process.once("SIGINT", () => stop.abort(new Error("Stopped by Ctrl-C.")));
process.once("SIGTERM", () => stop.abort(new Error("Stopped by SIGTERM.")));
const { signal } = stop;

const startedAtMs = Date.now();
await using service = await connect();
heading("Where the answers come from");
line(service.description);

await using flowith = new Flowith(service.options);
try {
  await streamText(flowith);
  const convId = await converse(flowith);
  await drawPicture(flowith);
  await useFile(flowith);
  await readBack(flowith, convId);
  line(`\nDone in ${((Date.now() - startedAtMs) / 1000).toFixed(1)} s.`);
} catch (error) {
  if (!signal.aborted) throw error;
  line(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 130;
}

async function streamText(flowith: Flowith): Promise<void> {
  heading("A text, word by word, with its reasoning apart");
  const prompt = "Write a haiku about streams.";
  line(dim(`> ${prompt}`));
  const stream = flowith.generateStream(prompt, { model: "gemini-3.1-pro-preview", signal });
  let hasText = false;
  for await (const { reasoningDelta, textDelta } of stream) {
    if (reasoningDelta !== "") write(dim(reasoningDelta));
    if (textDelta !== "" && !hasText) write("\n\n");
    if (textDelta !== "") hasText = true;
    write(textDelta);
  }
  const { model, text, reasoning } = await stream.output;
  line(dim(`\n\n${model}: ${text.length} characters of text, ${reasoning.length} of reasoning`));
}

async function converse(flowith: Flowith): Promise<string> {
  heading("A conversation that remembers");
  const session = flowith.startConversation();
  let convId = "";
  for (const prompt of ["My name is Alice.", "What is my name?"]) {
    line(dim(`> ${prompt}`));
    const output = await session.send(prompt, { signal });
    line(output.text);
    convId = output.convId;
  }
  return convId;
}

async function drawPicture(flowith: Flowith): Promise<void> {
  heading("A picture, saved");
  const prompt = "A ripe banana on marble";
  line(dim(`> ${prompt}`));
  const { image } = await flowith.generateImage(prompt, {
    aspectRatio: AspectRatio.Square,
    signal,
    onProgress: ({ phase, elapsedMs }) => status(`${phase}, ${(elapsedMs / 1000).toFixed(1)} s`),
  });
  const saved = await image.save(outputs, { signal });
  status("");
  line(`${saved.location} (${saved.sizeBytes} bytes, ${saved.mimeType})`);
}

async function useFile(flowith: Flowith): Promise<void> {
  heading("A file, uploaded and used in a prompt");
  const path = fileURLToPath(new URL("./notes.md", import.meta.url));
  const file = await flowith.uploadFile(path, { signal });
  line(`${path}\n→ ${file.url}`);
  const { text } = await flowith.generate(`What do these notes say? ${file.reference}`, { signal });
  line(text);
}

async function readBack(flowith: Flowith, convId: string): Promise<void> {
  heading("The conversation, read back from its canvas");
  for (const node of await flowith.conversations.nodes(convId, { signal })) {
    const where = `(${node.position?.x}, ${node.position?.y})`;
    line(`${where.padEnd(9)} ${node.type === "1" ? "you  " : "model"}  ${node.text}`);
  }
}
