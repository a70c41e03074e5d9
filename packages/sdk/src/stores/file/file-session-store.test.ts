import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { InvalidArgumentError, type Session, SessionStoreError } from "@flowith-webapi/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileJobStore } from "./file-job-store.ts";
import { fileSessionStore } from "./file-session-store.ts";

const session: Session = { accessToken: "e.e.e", refreshToken: "secret-refresh", expiresAtMs: 1, userId: "alice" };

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-"));
});

afterEach(() => rm(folder, { recursive: true }));

it("gives back what was saved, and nothing before that and after it was cleared", async () => {
  const path = join(folder, "deep", "er", "session.json");
  const store = fileSessionStore(path);
  expect(await store.load()).toBeNull();
  await store.clear();
  await store.save(session);
  await store.save({ ...session, userId: "bob" });
  expect(await fileSessionStore(path).load()).toEqual({ ...session, userId: "bob" });
  await store.clear();
  expect(await store.load()).toBeNull();
});

it.skipIf(process.platform === "win32")("can be read by its owner alone, also where it was open before", async () => {
  const path = join(folder, "session.json");
  await writeFile(path, JSON.stringify(session), { mode: 0o644 });
  await fileSessionStore(path).save(session);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it("is whole whenever it is read, with writers beside, and leaves no draft", async () => {
  const path = join(folder, "session.json");
  const stores = [fileSessionStore(path), fileSessionStore(path)];
  await fileSessionStore(path).save(session);
  const writes = stores.flatMap((store) =>
    Array.from({ length: 20 }, (_, n) => store.save({ ...session, expiresAtMs: n })),
  );
  const reads = Array.from({ length: 50 }, () => fileSessionStore(path).load());
  for (const read of await Promise.all(reads)) expect(read?.userId).toBe("alice");
  await Promise.all(writes);
  expect(await readdir(folder)).toEqual(["session.json"]);
});

it.each(["", "{", '{"accessToken":1}', "null", '{"access_token":"secret"}'])(
  "says of a file with %j that it is no session, and shows nothing of it",
  async (text) => {
    const path = join(folder, "session.json");
    await writeFile(path, text);
    const error: unknown = await fileSessionStore(path)
      .load()
      .catch((reason: unknown) => reason);
    expect(SessionStoreError.is(error)).toBe(true);
    expect(String(error)).toContain("session.json");
    expect(String(error)).not.toContain("secret");
  },
);

it.each([
  ["\n ", /is empty/],
  [JSON.stringify(session).slice(0, 30), /is cut off, or no JSON/],
  ["[]", /holds no session/],
])("says what is wrong with a file with %j, and that signing in mends it", async (text, said) => {
  const path = join(folder, "session.json");
  await writeFile(path, text);
  await expect(fileSessionStore(path).load()).rejects.toThrow(said);
  await expect(fileSessionStore(path).load()).rejects.toThrow(/Sign in again/);
  await fileSessionStore(path).save(session);
  expect(await fileSessionStore(path).load()).toEqual(session);
});

it("reads a file with a byte order mark, as editors of Windows leave it", async () => {
  const path = join(folder, "session.json");
  await writeFile(path, `\ufeff${JSON.stringify(session)}\r\n`);
  expect(await fileSessionStore(path).load()).toEqual(session);
});

it("leaves the old session and no draft where it cannot write", async () => {
  const path = join(folder, "session.json");
  await mkdir(path);
  await expect(fileSessionStore(path).save(session)).rejects.toThrow();
  expect(await readdir(folder)).toEqual(["session.json"]);
});

it("reads what the web app keeps", async () => {
  const path = join(folder, "session.json");
  const claims = btoa(JSON.stringify({ sub: "alice", exp: 2_000_000_000 })).replace(/=+$/, "");
  const token = `e30.${claims}.sign`;
  await writeFile(path, JSON.stringify({ access_token: token, refresh_token: "next", expires_at: 2_000_000_000 }));
  expect(await fileSessionStore(path).load()).toEqual({
    accessToken: token,
    refreshToken: "next",
    expiresAtMs: 2_000_000_000_000,
    userId: "alice",
  });
  await fileSessionStore(path).save(session);
  expect(JSON.parse(await readFile(path, "utf8"))).toEqual(session);
});

describe.skipIf(process.platform === "win32")("by a link, as to a volume that outlives a container", () => {
  it.each([
    ["relative, there", "real/session.json", true],
    ["relative, to nothing yet", "real/session.json", false],
    ["in a folder that is a link itself", "../volume/session.json", true],
  ])("%s: writes where it leads, and removes that", async (_name, leads, isThere) => {
    await mkdir(join(folder, "real"));
    await mkdir(join(folder, "elsewhere", "links"), { recursive: true });
    await symlink(join(folder, "real"), join(folder, "elsewhere", "volume"));
    const target = join(folder, "real", "session.json");
    if (isThere) await fileSessionStore(target).save({ ...session, userId: "bob" });
    let link = join(folder, "link.json");
    if (leads.startsWith("..")) {
      await symlink(join(folder, "elsewhere", "links"), join(folder, "short"));
      link = join(folder, "short", "link.json");
    }
    await symlink(leads, link);
    const store = fileSessionStore(link);
    await store.save(session);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(await fileSessionStore(target).load()).toEqual(session);
    await store.clear();
    expect(await readdir(join(folder, "real"))).toEqual([]);
    expect(await store.load()).toBeNull();
  });

  it("fails where links lead in a circle", async () => {
    await symlink("b.json", join(folder, "a.json"));
    await symlink("a.json", join(folder, "b.json"));
    await expect(fileSessionStore(join(folder, "a.json")).save(session)).rejects.toMatchObject({ code: "ELOOP" });
    expect((await readdir(folder)).sort()).toEqual(["a.json", "b.json"]);
  });
});

it.each([
  ["", /the path is empty/],
  ["a\0b", /has a NUL/],
  ["https://example.com/session.json", /is no path/],
  [undefined, /must be a path/],
  [7, /must be a path/],
])("refuses %j at once, which names no file", (path, said) => {
  const given = path as string;
  expect(() => fileSessionStore(given)).toThrow(InvalidArgumentError);
  expect(() => fileSessionStore(given)).toThrow(said);
  expect(() => fileJobStore(given)).toThrow(said);
});

it("takes a file URL as text", async () => {
  const path = join(folder, "a session.json");
  await fileSessionStore(pathToFileURL(path).href).save(session);
  expect(await fileSessionStore(path).load()).toEqual(session);
});
