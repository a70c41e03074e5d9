import { Flowith } from "flowith-webapi";

const flowith = Flowith.fromEnv();
const stream = flowith.generateStream("Write a haiku about streams.");
for await (const { textDelta } of stream) process.stdout.write(textDelta);
const { text, reasoning, model, convId } = await stream.output;
console.log(`\n${model}: ${text.length} characters, ${reasoning.length} of reasoning, kept in ${convId}`);
