import OpenAI from "openai";
import type { Video } from "openai/resources/videos";
import { describe, expect, it } from "vitest";
import { pngFile } from "../../testing/png.ts";
import { useService } from "../../testing/service.ts";

const service = useService();
const model = "seedance-2.0-fast";

/** Asks until a clip has ended. */
async function ended({ videos }: OpenAI, id: string): Promise<Video> {
  for (let asked = 0; asked < 400; asked++) {
    const video = await videos.retrieve(id);
    if (video.status === "completed" || video.status === "failed") return video;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The clip ${id} has not ended.`);
}

/** What becomes of a size that the client's types do not know. */
async function asked(apiKey: string, size: string) {
  const form = new FormData();
  form.set("prompt", "A boat");
  form.set("size", size);
  const headers = { authorization: `Bearer ${apiKey}` };
  const init = { method: "POST", headers, body: form };
  const response = await service.gateway().fetch("http://gateway.test/v1/videos", init);
  const { error } = await response.json();
  return { status: response.status, error };
}

describe.each(["token", "apiKey"] as const)("a clip by the %s", (signIn) => {
  it("is started here, and found and read through another gateway", async () => {
    const user = await service.user();
    const openai = service.openai(user[signIn]);
    const video = await openai.videos.create({ model, prompt: "A boat", seconds: "4", size: "720x1280" });
    expect(video).toMatchObject({ object: "video", status: "queued", model, seconds: "4", size: "720x1280" });
    const other = service.openai(user[signIn]);
    expect(await ended(other, video.id)).toMatchObject({ id: video.id, status: "completed", progress: 100 });
    const content = await other.videos.downloadContent(video.id);
    expect(content.headers.get("content-type")).toBe("video/mp4");
    const bytes = Buffer.from(await content.arrayBuffer());
    expect(bytes.subarray(4, 8).toString()).toBe("ftyp");
    await expect(other.videos.downloadContent(video.id, { variant: "thumbnail" })).rejects.toMatchObject({
      status: 400,
      param: "variant",
    });
  });

  it("is asked for by JSON too", async () => {
    const user = await service.user();
    const send = async (body: object) => {
      const headers = { authorization: `Bearer ${user[signIn]}`, "content-type": "application/json" };
      const init = { method: "POST", headers, body: JSON.stringify({ model, prompt: "A boat", ...body }) };
      const response = await service.gateway().fetch("http://gateway.test/v1/videos", init);
      return response.json();
    };
    expect(await send({ seconds: 4 })).toMatchObject({ object: "video", status: "queued", model, seconds: "4" });
    expect(await send({ input_reference: { image_url: "nowhere" } })).toMatchObject({
      error: { code: "invalid_value", param: "input_reference.image_url" },
    });
  });

  it.each(["0x0", "axb", "-720x1280", "720p", "99999x99999", "large"])("of the size %s is refused", async (size) => {
    const user = await service.user();
    expect(await asked(user[signIn], size)).toMatchObject({
      status: 400,
      error: { code: "invalid_value", param: "size" },
    });
  });

  it("says why it failed", async () => {
    const user = await service.user();
    service.emulator.model.add({ match: "A boat", fail: { reason: "content_policy" }, user: user.id });
    const openai = service.openai(user[signIn]);
    const { id } = await openai.videos.create({ model, prompt: "A boat" });
    expect(await ended(openai, id)).toMatchObject({ status: "failed", error: { code: "job_failed" } });
    await expect(openai.videos.downloadContent(id)).rejects.toBeInstanceOf(OpenAI.ConflictError);
  });

  it("is not found by another account, or by what is no id", async () => {
    const [ada, eve] = [await service.user(), await service.user()];
    const { id } = await service.openai(ada[signIn]).videos.create({ model, prompt: "A boat" });
    for (const wrong of [id, "video_", "video_e30", "%00", id.slice(0, -9)]) {
      const asking = service.openai(eve[signIn]).videos.retrieve(wrong);
      await expect(asking).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    }
    const otherKind = service.openai(ada[signIn === "token" ? "apiKey" : "token"]).videos;
    await expect(otherKind.retrieve(id)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });

  it("has the status of what went wrong when it is started", async () => {
    const user = await service.user();
    const route = signIn === "token" ? "POST /video/async" : "POST /external/use/video/generate";
    service.emulator.faults.arm({ type: "status", status: 402, route, user: user.id });
    const { videos } = service.openai(user[signIn]);
    await expect(videos.create({ model, prompt: "A boat" })).rejects.toMatchObject({ status: 402 });
  });
});

it("lists what an account has started here, in pages, and deletes by the token", async () => {
  const user = await service.user();
  const openai = service.openai(user.token);
  const ids: string[] = [];
  for (const prompt of ["One", "Two", "Three"]) ids.unshift((await openai.videos.create({ model, prompt })).id);
  const listed: string[] = [];
  for await (const { id } of openai.videos.list({ limit: 2 })) listed.push(id);
  expect(listed).toEqual(ids);
  const [newest = ""] = ids;
  expect(await openai.videos.delete(newest)).toEqual({ id: newest, object: "video.deleted", deleted: true });
  await expect(openai.videos.retrieve(newest)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  expect((await openai.videos.list({ order: "asc" })).data.map(({ id }) => id)).toEqual(ids.slice(1).reverse());
});

it("begins with a picture: a file, an address, or a file that was stored", async () => {
  const user = await service.user();
  const openai = service.openai(user.token);
  const reference = await openai.files.create({ file: pngFile(), purpose: "vision" });
  for (const input_reference of [pngFile(), { file_id: reference.id }]) {
    const video = await openai.videos.create({ model, prompt: "A boat", input_reference });
    expect(video.status).toBe("queued");
  }
  const posts = service.emulator.journal.list({ user: user.id, route: "POST /video/async" });
  expect(posts).toHaveLength(2);
  for (const { body } of posts) expect(body).toContain("/files/");
});

it("cannot be deleted by an API key, which is said", async () => {
  const user = await service.user();
  const { videos } = service.openai(user.apiKey);
  const { id } = await videos.create({ model, prompt: "A boat", seconds: "5" as "4" });
  await expect(videos.delete(id)).rejects.toMatchObject({ status: 400, code: "unsupported_sign_in" });
  await expect(videos.create({ model, prompt: "A boat", input_reference: pngFile() })).rejects.toMatchObject({
    param: "input_reference",
  });
});

it("refuses seconds that are none, and sizes", async () => {
  const user = await service.user();
  const { videos } = service.openai(user.apiKey);
  await expect(videos.create({ prompt: "A boat", seconds: "many" as "4" })).rejects.toMatchObject({ param: "seconds" });
  await expect(videos.create({ prompt: "" })).rejects.toMatchObject({ param: "prompt" });
});

it.each(["1792x1024", "721x1282", "720x3000", "10x10"])("by the token no clip of %s is paid", async (size) => {
  const user = await service.user();
  const answer = await asked(user.token, size);
  expect(answer).toMatchObject({ status: 400, error: { code: "invalid_value", param: "size" } });
  expect(answer.error.message).toContain("1280x720");
  expect(service.emulator.journal.list({ user: user.id, route: "POST /video/async" })).toEqual([]);
});
