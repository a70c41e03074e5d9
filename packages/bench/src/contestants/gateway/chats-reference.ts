// Streaming chats through the SDK with the least of a server round it.
import { measureChats } from "./measure-chats.ts";
import { startReference } from "./server-process.ts";

await measureChats(startReference);
process.exit(0);
