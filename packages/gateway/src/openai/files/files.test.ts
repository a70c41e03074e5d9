import OpenAI from "openai";
import { expect, it } from "vitest";
import { pngFile } from "../../testing/png.ts";
import { useService } from "../../testing/service.ts";

const service = useService();

it("stores a file, finds it, lists it and reads it back", async () => {
  const user = await service.user();
  const { files } = service.openai(user.token);
  const stored = await files.create({ file: pngFile("one.png"), purpose: "vision" });
  expect(stored).toMatchObject({ object: "file", filename: "one.png", purpose: "vision", bytes: pngFile().size });
  const next = await files.create({ file: new File(["two"], "two.txt"), purpose: "user_data" });
  expect(await files.retrieve(stored.id)).toMatchObject({ id: stored.id, filename: "one.png", status: "processed" });
  const listed: string[] = [];
  for await (const { id } of files.list({ limit: 1 })) listed.push(id);
  expect(listed.sort()).toEqual([next.id, stored.id].sort());
  expect(await (await files.content(next.id)).text()).toBe("two");
});

it.each([
  ["a.html", "text/html", "<!doctype html><p>Hi"],
  ["a.json", "application/json", '{"message":"mine"}'],
  ["a.xml", "application/xml", "<Error><Code>mine</Code></Error>"],
])("reads back %s, which could be a message in place of a file", async (name, type, text) => {
  const user = await service.user();
  const { files } = service.openai(user.token);
  const { id } = await files.create({ file: new File([text], name, { type }), purpose: "user_data" });
  expect(await (await files.content(id)).text()).toBe(text);
});

it("reads nothing but the caller's own uploads", async () => {
  const [ada, eve] = [await service.user(), await service.user()];
  const { id } = await service.openai(ada.token).files.create({ file: pngFile(), purpose: "vision" });
  const { files } = service.openai(eve.token);
  const inside = `file-${Buffer.from("http://169.254.169.254/").toString("base64url")}`;
  for (const foreign of [id, inside, "file-", "nothing"]) {
    await expect(files.content(foreign)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(files.retrieve(foreign)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  }
});

it("deletes none, as Flowith does not, and has none by an API key", async () => {
  const user = await service.user();
  const { files } = service.openai(user.token);
  const { id } = await files.create({ file: pngFile(), purpose: "vision" });
  await expect(files.delete(id)).rejects.toMatchObject({ status: 404, code: "unsupported" });
  const byKey = service.openai(user.apiKey).files;
  await expect(byKey.list()).rejects.toMatchObject({ status: 400, code: "unsupported_sign_in" });
  await expect(files.create({ file: new File([], "empty.txt"), purpose: "vision" })).resolves.toMatchObject({
    bytes: 0,
  });
});

it("that is larger than the service takes is a 413", async () => {
  const user = await service.user();
  const file = new File([new Uint8Array(20 * 1024 * 1024 + 1)], "large.bin");
  const refused = service.openai(user.token).files.create({ file, purpose: "user_data" });
  await expect(refused).rejects.toMatchObject({ status: 413, code: "file_too_large" });
});

it("is looked at in a response by its id", async () => {
  const user = await service.user();
  const openai = service.openai(user.token);
  const { id } = await openai.files.create({ file: pngFile(), purpose: "vision" });
  const { output_text: text } = await openai.responses.create({
    model: "gpt-4.1-nano",
    input: [
      {
        role: "user",
        content: [
          { type: "input_text", text: "What is in this picture?" },
          { type: "input_image", file_id: id, detail: "auto" },
        ],
      },
    ],
  });
  expect(text).toContain("1 x 1");
});
