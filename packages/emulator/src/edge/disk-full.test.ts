import { expect, it } from "vitest";
import { createEmulator } from "../start-emulator.ts";
import { TestClient } from "../testing/test-client.ts";

const seed = `
  create function public.no_room() returns trigger language plpgsql as $$
    begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$;
  create trigger full_disk before insert on public.user_upload_records for each row execute function no_room();`;

it("a file that a full disk has no room for is a 503 that says so, and is not kept in part", async () => {
  const bugs: unknown[] = [];
  await using emulator = await createEmulator({ seed, onError: (error) => bugs.push(error) });
  const client = await TestClient.create(emulator);
  const form = new FormData();
  form.set("file", new File(["some text"], "a.txt"));
  const headers = { authorization: client.user.token };
  const answer = await emulator.fetch("/file/store", { method: "POST", headers, body: form });
  expect([answer.status, await answer.json()]).toEqual([503, expect.objectContaining({ code: "disk_full" })]);
  const exported = await (await emulator.fetch("/__emulator/export")).text();
  expect(exported).not.toContain('"base64"');
  expect(bugs).toEqual([]);
});
