import { rejection } from "../src/rejection.ts";
import { type Point, upload, whileWaitingFor } from "./leaks-calls.ts";

/** A source that gives a byte and then nothing. */
function stalledSource(onStalled: () => void): ReadableStream<Uint8Array> {
  let isFirst = true;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (isFirst) {
          isFirst = false;
          controller.enqueue(new Uint8Array([1]));
          return;
        }
        onStalled();
        await new Promise(() => undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

export const filePoints: Point[] = [
  { name: "during an upload", run: whileWaitingFor("POST /file/store", upload) },
  {
    name: "during the upload of a prompt's picture",
    run: whileWaitingFor("POST /file/store", ({ flowith, signal }) =>
      flowith.generate("What is this?", { images: [new Blob(["x"])], signal }),
    ),
  },
  {
    name: "while the source of an upload is read",
    async run({ flowith, signal, abort }) {
      return [await rejection(flowith.uploadFile(stalledSource(abort), { signal }))];
    },
  },
  {
    name: "while the source of an upload is downloaded",
    async run(scene) {
      const { image } = await scene.flowith.generateImage("A boat");
      const stalled = scene.stallFiles();
      const ended = rejection(scene.flowith.uploadFile(image.url, { signal: scene.signal }));
      await stalled;
      scene.abort();
      return [await ended];
    },
  },
  ...(["bytes", "blob", "save"] as const).map(
    (verb): Point => ({
      name: `during a download: ${verb}`,
      async run(scene) {
        const { flowith, signal, folder } = scene;
        const { image } = await flowith.generateImage("A boat");
        const stalled = scene.stallFiles();
        const ended = rejection(verb === "save" ? image.save(folder, { signal }) : image[verb]({ signal }));
        await stalled;
        scene.abort();
        return [await ended];
      },
    }),
  ),
  {
    name: "before the answer to a download",
    async run(scene) {
      const { image } = await scene.flowith.generateImage("A boat");
      await scene.control.fault(scene.user, { type: "delay", ms: 60_000, route: "/files/*" });
      const ended = rejection(image.bytes({ signal: scene.signal }));
      // Requests for files are nobody's, so that their arrival cannot be waited for by user.
      queueMicrotask(scene.abort);
      return [await ended];
    },
  },
  {
    name: "during a plain read",
    run: whileWaitingFor("GET /rest/v1/flow_node", ({ flowith, signal }) =>
      flowith.conversations.nodes("00000000-0000-4000-8000-000000000000", { signal }),
    ),
  },
];
