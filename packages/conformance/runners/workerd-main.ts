// A Worker that runs the case named in the query against the emulator named there.
import { Flowith } from "flowith-webapi";
import { runCase } from "../src/index.ts";

const worker: { fetch(request: Request): Promise<Response> } = {
  async fetch(request) {
    const { searchParams } = new URL(request.url);
    const id = searchParams.get("case") ?? "";
    return Response.json(await runCase(id, searchParams.get("emulator") ?? "", (options) => new Flowith(options)));
  },
};

export default worker;
