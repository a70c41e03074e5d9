import { Flowith } from "flowith-webapi";

/** What a page can do under the policy that the README shows, each with what it tells. */
const flowith = new Flowith(JSON.parse(new URLSearchParams(location.search).get("options") ?? "{}"));
/** The first that the policy refuses. The event comes after the request has failed. */
const refused = new Promise<string>((resolve) => {
  document.addEventListener("securitypolicyviolation", ({ blockedURI, effectiveDirective }) =>
    resolve(`${effectiveDirective} ${new URL(blockedURI).host}`),
  );
});

async function told(work: () => Promise<unknown>): Promise<unknown> {
  return work().catch((error: unknown) => String(error));
}

async function main(): Promise<Record<string, unknown>> {
  const { image } = await flowith.generateImage("A cat");
  const { video } = await flowith.generateVideo("A cat");
  const isShown = (element: HTMLImageElement | HTMLVideoElement, sign: string, src: string): Promise<boolean> =>
    new Promise((resolve) => {
      element.addEventListener(sign, () => resolve(true));
      element.addEventListener("error", () => resolve(false));
      element.src = src;
    });
  return {
    text: await told(async () => (await flowith.generate("Say: hi")).text),
    rows: await told(async () => (await flowith.conversations.list()).length > 0),
    upload: await told(async () => {
      const file = await flowith.uploadFile(new Blob(["a mill"]), { filename: "a.txt", onProgress: () => undefined });
      return file.reference.includes("a.txt");
    }),
    bytes: await told(async () => (await image.bytes()).length > 100),
    saved: await told(async () => (await image.save(undefined, { filename: "cat" })).location),
    picture: await isShown(new Image(), "load", image.url),
    clip: await isShown(document.createElement("video"), "loadedmetadata", video.url),
    elsewhere: await fetch("http://elsewhere.localhost/").then(
      () => "reached",
      () => "refused",
    ),
    refused: await refused,
  };
}

const found = await main().catch((error: unknown) => ({ error: String(error) }));
await fetch("/result", { method: "POST", body: JSON.stringify(found) });
