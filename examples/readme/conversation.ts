import { Flowith } from "flowith-webapi";

const session = Flowith.fromEnv().startConversation({ model: "gemini-3.1-pro-preview" });
await session.send("My name is Alice.");
console.log((await session.send("What is my name?")).text);
