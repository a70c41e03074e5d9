// Streaming chats through the gateway.
import { measureChats } from "./measure-chats.ts";
import { startGateway } from "./server-process.ts";

await measureChats(startGateway);
process.exit(0);
