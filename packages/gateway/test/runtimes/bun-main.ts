import { gatewayOfProcess, serving } from "./gateway-of-process.ts";

/** What is used of Bun, whose types are not among this project's. */
declare const Bun: {
  serve(options: { port: number; hostname: string; fetch(request: Request): Promise<Response> }): { port: number };
};

const { port } = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: gatewayOfProcess().fetch });
serving(port);
