// An agent with two tools: node main.ts "Draw a postcard of the museum."
import { readFile, writeFile } from "node:fs/promises";
import { createFlowith } from "@flowith-webapi/ai-sdk";
import { generateImage, jsonSchema, ToolLoopAgent, tool } from "ai";
import { FlowithDeveloper } from "flowith-webapi/developer";

const task = process.argv[2] ?? "Tell me about the lighthouse, and draw a postcard of it.";

// By an API key tools are the service's own; else the web app's models call them by what they write.
const flowith = createFlowith(
  process.env.FLOWITH_API_KEY ? { client: FlowithDeveloper.fromEnv() } : { toolBridge: true },
);

const facts: Record<string, string> = JSON.parse(await readFile(new URL("facts.json", import.meta.url), "utf8"));

const lookUp = tool({
  description: `What is known of a place of the island. Places: ${Object.keys(facts).join(", ")}.`,
  inputSchema: jsonSchema<{ place: string }>({
    type: "object",
    properties: { place: { type: "string" } },
    required: ["place"],
  }),
  execute: ({ place }) => facts[place.toLowerCase()] ?? `Nothing is known of ${place}.`,
});

const draw = tool({
  description: "Draws a picture, and says which file it is in.",
  inputSchema: jsonSchema<{ description: string }>({
    type: "object",
    properties: { description: { type: "string" } },
    required: ["description"],
  }),
  execute: async ({ description }) => {
    const model = flowith.imageModel("gemini-3.1-flash-image");
    const { image } = await generateImage({ model, prompt: description, aspectRatio: "16:9" });
    const file = `postcard-${Date.now()}.png`;
    await writeFile(file, image.uint8Array, { flag: "wx" });
    return `It is in ${file}.`;
  },
});

const agent = new ToolLoopAgent({
  model: flowith("gpt-4.1-nano"),
  instructions: "You make postcards of an island. Look facts up before you draw.",
  tools: { lookUp, draw },
});

try {
  const { text } = await agent.generate({
    prompt: task,
    onStepEnd: ({ toolCalls, toolResults }) => {
      for (const { toolName, input } of toolCalls) console.log(`→ ${toolName} ${JSON.stringify(input)}`);
      for (const { output } of toolResults) console.log(`← ${output}`);
    },
  });
  console.log(`\n${text}`);
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
}
