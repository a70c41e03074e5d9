// The script of a page: does what its test asks for, one after the other, and posts what came of it.
import { Flowith, type FlowithOptions, type Progress } from "flowith-webapi";

const query = new URLSearchParams(location.search);
const options: FlowithOptions = JSON.parse(query.get("options") ?? "{}");
const flowith = new Flowith(options);

const wrong = (error: unknown) => {
  const { name, message, code, status } = Object(error);
  return { error: name, message, code, status };
};

/** A client whose edge API is the page's own server, in one of its ways. */
const edge = (way: string, more: FlowithOptions = {}) =>
  new Flowith({ ...options, edgeUrl: `${location.origin}/edge/${way}`, maxRetries: 0, ...more });

const file = (sizeBytes: number) => new File([new Uint8Array(sizeBytes)], "large.bin");

/** More than the buffers of a connection take at once. */
const LARGE = 20_000_000;

/** How the last request to the server's upload route was sent. */
const sentBy = () => {
  const entries = performance.getEntriesByType("resource");
  const uploads = entries.filter((entry) => entry.name.endsWith("/file/store"));
  return uploads.at(-1)?.toJSON().initiatorType;
};

async function folder(name: string) {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(name, { create: true });
}

async function contents(of: FileSystemDirectoryHandle): Promise<Record<string, number>> {
  const sizes: [string, number][] = [];
  for await (const [name, handle] of of as unknown as AsyncIterable<[string, FileSystemFileHandle]>) {
    sizes.push([name, (await handle.getFile()).size]);
  }
  return Object.fromEntries(sizes.sort());
}

/** A client for which every file is this one. */
function hosting(answer: () => Response): Flowith {
  return new Flowith({
    ...options,
    maxRetries: 0,
    middleware: [(request, next, { kind }) => (kind === "download" ? Promise.resolve(answer()) : next(request))],
  });
}

const png = { headers: { "content-type": "image/png" } };

const tasks: Record<string, () => Promise<unknown>> = {
  async folder() {
    const { image } = await flowith.generateImage("A cat");
    const target = await folder("free");
    const saved = await Promise.all([1, 2].map(() => image.save(target, { filename: "cat.png" })));
    return { saved, contents: await contents(target), sizeBytes: (await image.bytes()).byteLength };
  },
  async overwrite() {
    const client = hosting(() => new Response(new Uint8Array(500), png));
    const { image } = await client.generateImage("A cat");
    const target = await folder("over");
    await image.save(target, { filename: "cat.png", overwrite: true });
    const saved = await hosting(() => new Response(new Uint8Array(20), png))
      .generateImage("A cat")
      .then((output) => output.image.save(target, { filename: "cat.png", overwrite: true }));
    return { saved, contents: await contents(target) };
  },
  async broken() {
    let pull: (controller: ReadableStreamDefaultController<Uint8Array>) => unknown = () => undefined;
    const start = (controller: ReadableStreamDefaultController<Uint8Array>) => controller.enqueue(new Uint8Array(100));
    const client = hosting(
      () => new Response(new ReadableStream({ start, pull: (controller) => pull(controller) as never }), png),
    );
    const { image } = await client.generateImage("A cat");
    const target = await folder("broken");
    const old = await target.getFileHandle("old.png", { create: true });
    const writer = await old.createWritable();
    await writer.write(new Uint8Array(7));
    await writer.close();
    const stop = new AbortController();
    const errors = [];
    for (const options of [{}, { filename: "old.png", overwrite: true }, { signal: stop.signal }]) {
      pull = "signal" in options ? () => new Promise(() => {}) : (controller) => controller.error(new Error("cut"));
      if ("signal" in options) setTimeout(() => stop.abort(new Error("enough")), 200);
      errors.push(await image.save(target, options).catch(wrong));
    }
    return { errors, contents: await contents(target) };
  },
  async download() {
    const { image } = await flowith.generateImage("A cat");
    const offered: Promise<unknown>[] = [];
    HTMLAnchorElement.prototype.click = function () {
      const { download, href } = this;
      offered.push(
        fetch(href)
          .then((answer) => answer.blob())
          .then(({ size, type }) => ({ download, size, type })),
      );
    };
    const saved = await image.save(undefined, { filename: "cat" });
    return { saved, offered: await Promise.all(offered) };
  },
  async refused() {
    const { image } = await flowith.generateImage("A cat");
    return [
      await image.save("pictures").catch(wrong),
      await image.save({ put: async () => undefined }).catch(wrong),
      await flowith.uploadFile("cat.png").catch(wrong),
    ];
  },
  async drop() {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["dropped"], "notes.txt", { type: "text/plain" }));
    const files = [...transfer.files, ...[...transfer.items].flatMap((item) => item.getAsFile() ?? [])];
    const records = await Promise.all(files.map((one) => flowith.uploadFile(one)));
    return Promise.all(
      records.map(async ({ reference, url }) => ({ reference, text: await (await fetch(url)).text() })),
    );
  },
  async progress() {
    const reports: Progress[] = [];
    await edge("slow").uploadFile(file(LARGE), { onProgress: (progress) => reports.push(progress) });
    return { sent: reports.map(({ sentBytes }) => sentBytes), total: reports.at(-1)?.totalBytes, by: sentBy() };
  },
  async middleware() {
    const seen: unknown[] = [];
    const reports: Progress[] = [];
    const client = edge("slow", {
      middleware: [
        (request, next, { kind }) => {
          seen.push([kind, request.headers.get("authorization") !== null]);
          return next(request);
        },
      ],
    });
    const { url } = await client.uploadFile(file(LARGE), { onProgress: (progress) => reports.push(progress) });
    return { seen, sent: reports.map(({ sentBytes }) => sentBytes), by: sentBy(), url };
  },
  async fetch() {
    const ways: unknown[] = [];
    await edge("ok").uploadFile(file(4_000_000));
    ways.push(sentBy());
    let sent = 0;
    const own = edge("ok", { fetch: (input, init) => fetch(input, init) });
    await own.uploadFile(file(4_000_000), { onProgress: () => sent++ });
    return [...ways, sentBy(), sent];
  },
  async abort() {
    const stop = new AbortController();
    const reports: number[] = [];
    const onProgress = ({ sentBytes = 0 }: Progress) => {
      reports.push(sentBytes);
      if (sentBytes > 0) stop.abort(new Error("enough"));
    };
    const error = await edge("slow").uploadFile(file(LARGE), { onProgress, signal: stop.signal }).catch(wrong);
    return { error, isAll: reports.at(-1) === LARGE };
  },
  async errors() {
    const both = async (way: string, more = {}) => {
      const upload = (onProgress?: () => void) =>
        edge(way)
          .uploadFile(file(1_500_000), { onProgress, ...more })
          .catch(wrong);
      return [await upload(), await upload(() => undefined)];
    };
    return {
      refused: await both("refuse"),
      redirected: await both("redirect"),
      cut: await both("cut"),
      late: await both("silent", { timeout: { totalMs: 400 } }),
    };
  },
};

const results: Record<string, unknown> = {};
for (const [name, task] of Object.entries(tasks)) results[name] = await task().catch(wrong);
await fetch("/result", { method: "POST", body: JSON.stringify(results) });
