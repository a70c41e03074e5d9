// The emulator's model calls no tools by itself: this tells it what to say. `node --import` runs it before main.ts.
const calls = [
  { name: "lookUp", arguments: { place: "lighthouse" } },
  { name: "draw", arguments: { description: "A white lighthouse with a red lantern on a cliff" } },
];
const written = calls.map((call) => `<tool_call>\n${JSON.stringify(call)}\n</tool_call>\n`);
const answers = [
  { match: "postcard of it", toolCalls: calls, fragments: written },
  { match: '"output":', reply: "The lighthouse is of 1871; its postcard is drawn." },
];

for (const answer of answers) {
  const response = await fetch(`${process.env.FLOWITH_EDGE_URL}/__emulator/script`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...answer, user: process.env.FLOWITH_USER_ID }),
  });
  if (!response.ok) throw new Error(`The emulator did not take the answer: ${await response.text()}`);
}

export {};
