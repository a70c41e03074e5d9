// A Worker for the tests beside it: each path does one thing with its bucket.
import { Flowith, type FlowithOptions } from "flowith-webapi";

interface Bucket {
  put(key: string, value: ReadableStream<Uint8Array>): Promise<unknown>;
  head(key: string): Promise<unknown>;
}

interface Bindings {
  PICTURES: Bucket;
  OPTIONS: FlowithOptions;
}

const failed = (error: unknown) => ({ error: String(error) });

const worker: { fetch(request: Request, bindings: Bindings): Promise<Response> } = {
  async fetch(request, { PICTURES, OPTIONS }) {
    const { searchParams } = new URL(request.url);
    const flowith = new Flowith({ ...OPTIONS, ...answering(searchParams.get("file")) });
    const { image } = await flowith.generateImage("A cat");
    const key = searchParams.get("key") ?? undefined;
    const overwrite = searchParams.has("overwrite");
    const save = () => image.save(PICTURES, { key, overwrite }).catch(failed);
    const times = Number(searchParams.get("times") ?? 1);
    return Response.json(await Promise.all(Array.from({ length: times }, save)));
  },
};

/** Answers the file host's part itself: `unknown` has no length, `short` ends too soon, a number is that many bytes. */
function answering(file: string | null): Pick<FlowithOptions, "fetch" | "maxRetries"> {
  if (file === null) return {};
  const isShort = file === "short";
  const sizeBytes = Number(file.replace(/\D/g, "")) || 100_000;
  return {
    maxRetries: 0,
    async fetch(input, init) {
      const answer = await fetch(input, init);
      if (!answer.headers.get("content-type")?.startsWith("image/")) return answer;
      await answer.body?.cancel();
      let left = sizeBytes;
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (left === 0 && isShort) controller.error(new Error("cut"));
          else if (left === 0) controller.close();
          else controller.enqueue(new Uint8Array(Math.min(left, 65_536)));
          left = Math.max(0, left - 65_536);
        },
      });
      const length = file.startsWith("unknown") ? {} : { "content-length": String(sizeBytes + (isShort ? 1 : 0)) };
      return new Response(body, { headers: { "content-type": "image/png", ...length } });
    },
  };
}

export default worker;
