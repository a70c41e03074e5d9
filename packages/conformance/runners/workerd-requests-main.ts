// A Worker with one client for all its requests, made by the first: each asks who it is signed in as.
import { Flowith, type FlowithOptions } from "flowith-webapi";

let flowith: Flowith | undefined;

const worker: { fetch(request: Request): Promise<Response> } = {
  async fetch(request) {
    const options: FlowithOptions = JSON.parse(new URL(request.url).searchParams.get("options") ?? "{}");
    flowith ??= new Flowith(options);
    return new Response((await flowith.auth.user()).id);
  },
};

export default worker;
