import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { PNG, pngFile } from "../../testing/png.ts";
import { useService } from "../../testing/service.ts";

const service = useService();
const model = "gemini-3.1-flash-image";
const POST = "POST /external/use/image/generate";

/** Width and height of a PNG. */
function sizeOf(base64 = ""): [number, number] {
  const bytes = Buffer.from(base64, "base64");
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

describe.each(["token", "apiKey"] as const)("pictures by the %s", (signIn) => {
  it("come by their addresses, as many as are asked for", async () => {
    const user = await service.user();
    const { data = [] } = await service.openai(user[signIn]).images.generate({ model, prompt: "A boat", n: 2 });
    expect(data).toHaveLength(2);
    expect(new Set(data.map(({ url }) => url)).size).toBe(2);
    const [first] = data;
    const response = await fetch(first?.url ?? "");
    expect(response.headers.get("content-type")).toBe("image/png");
  });

  it("come as bytes, in the nearest size that the model has", async () => {
    const user = await service.user();
    const { data, response } = await service
      .openai(user[signIn])
      .images.generate({ model, prompt: "A boat", response_format: "b64_json", size: "1792x1024", quality: "hd" })
      .withResponse();
    const [width, height] = sizeOf(data.data?.[0]?.b64_json);
    expect(width / height).toBeCloseTo(16 / 9, 1);
    expect(response.headers.get("x-flowith-size")).toMatch(signIn === "token" ? "16:9, 2k" : "16:9");
    expect(response.headers.get("x-flowith-ignored")).toBe("quality");
  });

  it("come as bytes from models of which OpenAI's clients know it, and as an event", async () => {
    const user = await service.user();
    const { images } = service.openai(user[signIn]);
    const request = { model: "gpt-image-1", prompt: "A boat", size: "1536x1024" } as const;
    const { data } = await images.generate(request);
    expect(sizeOf(data?.[0]?.b64_json)[0]).toBeGreaterThan(0);
    const types: string[] = [];
    for await (const event of await images.generate({ ...request, stream: true })) {
      types.push(event.type);
      expect(sizeOf(event.b64_json)[0]).toBeGreaterThan(0);
    }
    expect(types).toEqual(["image_generation.completed"]);
  });

  it("have the status of what went wrong, in a stream too", async () => {
    const user = await service.user({ credits: 0 });
    service.emulator.faults.arm({
      type: "status",
      status: 402,
      route: POST,
      user: user.id,
      count: 0,
    });
    const { images } = service.openai(user[signIn]);
    const failure = { status: 402, code: "insufficient_credits", type: "insufficient_quota" };
    await expect(images.generate({ model, prompt: "A boat" })).rejects.toMatchObject(failure);
    await expect(images.generate({ model, prompt: "A boat", stream: true })).rejects.toMatchObject(failure);
  });
});

it("have the time to wait where they are too many", async () => {
  const user = await service.user();
  const headers = { "retry-after": "120" };
  service.emulator.faults.arm({ type: "status", status: 429, headers, route: POST, user: user.id });
  const { images } = service.openai(user.apiKey);
  const error = await images.generate({ model, prompt: "A boat" }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(OpenAI.RateLimitError);
  if (error instanceof OpenAI.RateLimitError) expect(error.headers.get("retry-after")).toBe("120");
});

it("are waited for no longer when the client leaves", async () => {
  const user = await service.user();
  service.emulator.faults.arm({ type: "silence", route: POST, user: user.id });
  const leaving = new AbortController();
  const { images } = service.openai(user.apiKey);
  const asking = images.generate({ model, prompt: "A boat" }, { signal: leaving.signal });
  const left = expect(asking).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
  await service.emulator.journal.waitFor({ user: user.id, route: POST });
  leaving.abort();
  await left;
  expect(await service.emulator.journal.waitFor({ user: user.id, route: POST, isCutShort: true })).toBeDefined();
});

it("are made of others by the token: one, several, files and addresses", async () => {
  const user = await service.user();
  const { images } = service.openai(user.token);
  const one = await images.edit({ model, prompt: "Bluer", image: pngFile(), n: 2 });
  expect(one.data).toHaveLength(2);
  const requests = service.emulator.journal.list({ user: user.id, route: "POST /file/store" });
  expect(requests).toHaveLength(1);
  const several = await images.edit({ model, prompt: "Both", image: [pngFile("a.png"), pngFile("b.png")] });
  expect(several.data).toHaveLength(1);
});

it("are made of others that JSON names, by their addresses, their data and their ids", async () => {
  const user = await service.user();
  const openai = service.openai(user.token);
  const { id } = await openai.files.create({ file: pngFile("stored.png"), purpose: "vision" });
  const images = [{ image_url: `data:image/png;base64,${PNG}` }, { image_url: "https://files.example/a.png" }];
  const request = { model, prompt: "Bluer", images: [...images, { file_id: id }], n: 2, output_format: "png" };
  const { data, response } = await openai
    .post<OpenAI.ImagesResponse>("/images/edits", { body: request })
    .withResponse();
  expect(data.data).toHaveLength(2);
  expect(response.headers.get("x-flowith-ignored")).toBe("output_format");
  const [post] = service.emulator.journal.list({ user: user.id, route: "POST /image_gen/async" });
  for (const part of ["https://files.example/a.png", "stored.png"]) expect(post?.body).toContain(part);
  expect(post?.body).not.toContain(PNG);
  const byKey = service.openai((await service.user()).apiKey);
  const body = { model, prompt: "Bluer", images: [{ image_url: "https://files.example/a.png" }] };
  expect(await byKey.post("/images/edits", { body })).toMatchObject({ data: [{ url: expect.any(String) }] });
});

it.each([
  [{ images: [] }, "images"],
  [{ images: "https://files.example/a.png" }, "images"],
  [{ images: [{ image_url: "/etc/passwd" }] }, "images.0.image_url"],
  [{ images: [{}] }, "images.0"],
  [{ images: [{ file_id: "file-none" }] }, "file_id"],
  [{ images: [{ image_url: "https://files.example/a.png" }], mask: { file_id: "file-none" } }, "mask"],
  [{ image: PNG }, "images"],
])("of others that JSON does not name rightly are refused: %j", async (fields, param) => {
  const user = await service.user();
  const body = { model, prompt: "Bluer", ...fields };
  await expect(service.openai(user.token).post("/images/edits", { body })).rejects.toMatchObject({
    status: param === "file_id" ? 404 : 400,
    param,
  });
});

it("of others are refused as files by an API key, and taken by their addresses", async () => {
  const user = await service.user();
  const openai = service.openai(user.apiKey);
  await expect(openai.images.edit({ model, prompt: "Bluer", image: pngFile() })).rejects.toMatchObject({
    status: 400,
    code: "unsupported_sign_in",
    param: "image",
  });
  const form = new FormData();
  form.set("prompt", "Bluer");
  form.set("image", "https://files.example/a.png");
  const response = await service.gateway().fetch("http://gateway.test/v1/images/edits", {
    method: "POST",
    headers: { authorization: `Bearer ${user.apiKey}` },
    body: form,
  });
  expect(response.status).toBe(200);
});

it("that came are given where others failed, and how many did", async () => {
  const user = await service.user();
  service.emulator.model.add({ match: "A boat", fail: { reason: "content_policy" }, count: 1, user: user.id });
  const { images } = service.openai(user.apiKey);
  const request = { model, prompt: "A boat", n: 3 };
  const { data, response } = await images.generate(request).withResponse();
  expect(data.data).toHaveLength(2);
  expect(response.headers.get("x-flowith-missing")).toBe("1");
});

describe("what is wrong is refused by its name", () => {
  const sizes = ["large", "0x0", "axb", "-1x1024", "1024x-1", "1024", "99999x99999", "0100x0100", "1e3x1e3", " 9x9"];
  it.each<[object, string]>([
    [{ prompt: "" }, "prompt"],
    [{ prompt: "A boat", n: 11 }, "n"],
    ...sizes.map((size): [object, string] => [{ prompt: "A boat", size }, "size"]),
    [{ prompt: "A boat", response_format: "gif" }, "response_format"],
  ])("%j", async (body, param) => {
    const user = await service.user();
    await expect(service.openai(user.apiKey).post("/images/generations", { body })).rejects.toMatchObject({
      status: 400,
      code: "invalid_value",
      param,
    });
    expect(service.emulator.journal.list({ user: user.id, route: POST })).toEqual([]);
  });

  it("a mask, a form without a picture, and what is no form", async () => {
    const user = await service.user();
    const openai = service.openai(user.token);
    const request = { model, prompt: "Bluer", image: pngFile() };
    await expect(openai.images.edit({ ...request, mask: pngFile() })).rejects.toMatchObject({ param: "mask" });
    const text = { body: "prompt=Bluer", headers: { "content-type": "application/x-www-form-urlencoded" } };
    await expect(openai.post("/images/edits", text)).rejects.toMatchObject({
      status: 415,
      code: "unsupported_media_type",
      type: "invalid_request_error",
    });
    const broken = { body: "no form", headers: { "content-type": "multipart/form-data; boundary=x" } };
    await expect(openai.post("/images/edits", broken)).rejects.toBeInstanceOf(OpenAI.BadRequestError);
    const post = { method: "POST", headers: { authorization: `Bearer ${user.token}` } };
    const form = new FormData();
    form.set("prompt", "Bluer");
    const response = await service.gateway().fetch("http://gateway.test/v1/images/edits", { ...post, body: form });
    expect(await response.json()).toMatchObject({ error: { param: "image", type: "invalid_request_error" } });
  });

  it("50 MB", async () => {
    const user = await service.user();
    const image = new File([new Uint8Array(50 * 1024 * 1024)], "large.png", { type: "image/png" });
    await expect(service.openai(user.token).images.edit({ model, prompt: "Bluer", image })).rejects.toMatchObject({
      status: 413,
      code: "body_too_large",
    });
  });
});
