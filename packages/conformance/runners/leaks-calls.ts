import type { GenerationStream, Job, JobOptions } from "flowith-webapi/node";
import { rejection } from "../src/rejection.ts";
import type { Scene } from "./leaks-scene.ts";

/** One point of the path at which a call is aborted. */
export interface Point {
  name: string;
  /** Seconds until the user's token expires. */
  expiresInSeconds?: number;
  /** Aborts a call there. @returns what each side of the call was rejected with */
  run(scene: Scene): Promise<unknown[]>;
}

export type Call = (scene: Scene, options?: Pick<JobOptions, "onSubmit">) => Promise<unknown>;

export const generate: Call = ({ flowith, signal }, options) => flowith.generate("Hello", { signal, ...options });
export const submit: Call = ({ flowith, signal }, options) => flowith.submitText("Hello", { signal, ...options });
export const generateImage: Call = ({ flowith, signal }) => flowith.generateImage("A boat", { signal });
export const generateVideo: Call = ({ flowith, signal }) => flowith.generateVideo("A boat", { signal });
export const upload: Call = ({ flowith, signal }) => flowith.uploadFile(new Blob(["x"]), { signal });
export const direct: Call = ({ flowith, signal }) => flowith.generate("Hello", { direct: true, signal });

/** Aborts when a request to the route has arrived at a service that never answers it. */
export const whileWaitingFor =
  (route: string, call: Call): Point["run"] =>
  async (scene) => {
    await scene.control.fault(scene.user, { type: "silence", route });
    const ended = rejection(call(scene));
    await scene.arrival(route);
    scene.abort();
    return [await ended];
  };

export const beforehand =
  (call: Call): Point["run"] =>
  async (scene) => {
    scene.abort();
    return [await rejection(call(scene))];
  };

/** A job that says its first word and then nothing for a long time. */
export async function slowStream({ flowith, control, user, signal }: Scene): Promise<GenerationStream> {
  await control.script(user, { match: "slow", fragments: ["One ", "two ", "three."], delayMs: 60_000 });
  return flowith.generateStream("slow", { signal });
}

export async function slowJob({ flowith, control, user }: Scene): Promise<Job<"text">> {
  await control.script(user, { match: "slow", fragments: ["One ", "two."], delayMs: 60_000 });
  return flowith.submitText("slow");
}

export async function firstChunk(scene: Scene): Promise<{ stream: GenerationStream; next(): Promise<unknown> }> {
  const stream = await slowStream(scene);
  const iterator = stream[Symbol.asyncIterator]();
  await iterator.next();
  return { stream, next: () => iterator.next() };
}
