// The emulator's model calls no tools by itself: this tells it what to say. `node --import` runs it before main.ts.
const calls = [
  { name: "lookUp", arguments: { place: "lighthouse" } },
  { name: "draw", arguments: { description: "A white lighthouse with a red lantern on a cliff" } },
];
// A call a step: `toolCalls` by an API key, the text by the bridge.
const steps = [
  ...calls.map((call) => ({
    toolCalls: [call],
    fragments: [`<tool_call>\n${JSON.stringify(call)}\n</tool_call>\n`],
  })),
  { reply: "The lighthouse is of 1871; its postcard is drawn." },
];

const response = await fetch(`${process.env.FLOWITH_EDGE_URL}/__emulator/script`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ match: "postcard of it", steps, user: process.env.FLOWITH_USER_ID }),
});
if (!response.ok) throw new Error(`The emulator did not take the answers: ${await response.text()}`);

export {};
