import { expect, expectTypeOf, it } from "vitest";
import type { FlowithClient, ImageOutput, Job, JobHandle, JobOptions, JsonValue, VideoOutput } from "../index.ts";

type Pending = FlowithClient["jobs"]["pending"];

/** What a caller writes, for the compiler: it is never called. */
export async function calls(flowith: FlowithClient, handle: JobHandle): Promise<void> {
  // A handle is told by its kind, and so is its job.
  if (handle.kind === "image") {
    expectTypeOf(handle).toEqualTypeOf<JobHandle<"image">>();
    expectTypeOf(flowith.resume(handle)).toEqualTypeOf<Job<"image">>();
    expectTypeOf(await flowith.resume(handle).wait()).toEqualTypeOf<ImageOutput>();
  }
  expectTypeOf(flowith.resume(handle)).toEqualTypeOf<Job>();
  expectTypeOf(await flowith.jobs.pending()).toEqualTypeOf<Job[]>();
  expectTypeOf(await flowith.jobs.pending({ timeout: {} })).toEqualTypeOf<Job[]>();
  const videos = await flowith.jobs.pending({ kind: "video" });
  expectTypeOf(videos).toEqualTypeOf<Job<"video">[]>();
  for (const video of videos) expectTypeOf(await video.wait()).toEqualTypeOf<VideoOutput>();
  // @ts-expect-error: there is no such kind
  await flowith.jobs.pending({ kind: "audio" });

  const keep = (_: JobHandle): void => undefined;
  const keepVideo = (_: JobHandle<"video">): void => undefined;
  await flowith.generateVideo("x", { onSubmit: keepVideo });
  await flowith.startConversation().generateVideo("x", { onSubmit: keepVideo });
  for (const onSubmit of [keep, undefined]) {
    await flowith.generate("x", { onSubmit });
    await flowith.generateImage("x", { onSubmit });
    await flowith.submitVideo("x", { onSubmit });
    await flowith.startConversation().send("x", { onSubmit });
  }
  // @ts-expect-error: a picture has no handle of a clip
  await flowith.generateImage("x", { onSubmit: keepVideo });
  await flowith.generateImage("x", { onSubmit: ({ kind }) => void expectTypeOf(kind).toEqualTypeOf<"image">() });
  await flowith.generateStream("x", { onSubmit: ({ kind }) => void expectTypeOf(kind).toEqualTypeOf<"text">() }).output;
  await flowith.startConversation().send("x", {
    onSubmit: ({ kind }) => void expectTypeOf(kind).toEqualTypeOf<"text">(),
  });
  // @ts-expect-error: JSON has no dates
  await flowith.generate("x", { metadata: { at: new Date() } });
}

it("a job's types follow its kind", () => {
  expect(calls).toBeTypeOf("function");
  expectTypeOf<JobHandle<"image">>().toExtend<JobHandle>();
  expectTypeOf<JobHandle>().not.toExtend<JobHandle<"image">>();
  expectTypeOf<Job<"image">>().toExtend<Job>();
  expectTypeOf<JobHandle["kind"]>().toEqualTypeOf<"text" | "image" | "video">();
  expectTypeOf<JobOptions["onSubmit"]>().toExtend<JobOptions<"image">["onSubmit"]>();
  expectTypeOf<{ a: number[]; b?: string; c: readonly [1, null] }>().toExtend<JsonValue>();
  expectTypeOf<Awaited<ReturnType<Pending>>[number]["handle"]>().toEqualTypeOf<JobHandle>();
});
