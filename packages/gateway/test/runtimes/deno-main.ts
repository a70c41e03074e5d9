import { gatewayOfProcess, serving } from "./gateway-of-process.ts";

/** What is used of Deno, whose types are not among this project's. */
declare const Deno: {
  serve(options: object, handler: (request: Request, info: object) => Promise<Response>): unknown;
};

const onListen = ({ port }: { port: number }): void => serving(port);
Deno.serve({ port: 0, hostname: "127.0.0.1", onListen }, gatewayOfProcess().fetch);
