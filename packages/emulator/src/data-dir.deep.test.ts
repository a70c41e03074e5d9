import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createEmulator } from "./start-emulator.ts";
import { restOf } from "./testing/rest-of.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "flowith-data-"));
});
afterEach(() => rm(dataDir, { recursive: true }));

it("keeps the schema that it was made with", async () => {
  const schema = `
    create table public.thing (id int primary key, owner uuid default auth.uid());
    grant select on public.thing to authenticated;`;
  const seed = "insert into public.thing values (1)";
  const first = await createEmulator({ dataDir, schema, seed });
  await first.close();
  await expect(createEmulator({ dataDir, schema: "create table other (id int)" })).rejects.toThrow("another schema");
  await using second = await createEmulator({ dataDir });
  const rest = restOf(second, second.users[0]?.token ?? "");
  expect(await rest("/thing?select=id")).toEqual([{ id: 1 }]);
  await second.reset({ users: [] });
  expect(second.users).toEqual([]);
  expect(await rest("/thing?select=id")).toEqual([{ id: 1 }]);
  const edge = await second.fetch("/models");
  expect(edge.status).toBe(501);
  expect(await edge.text()).toContain("without Flowith's tables");
});

it("takes a schema that makes the roles of a project by itself", async () => {
  const { librarySchema } = await import("./postgrest/testing/library-schema.ts");
  await using emulator = await createEmulator({ schema: librarySchema });
  const rest = restOf(emulator, emulator.users[0]?.token ?? "");
  expect(await rest("/genre?select=name&id=eq.2")).toEqual([{ name: "philosophy" }]);
});

it("says what is wrong with a schema or a seed", async () => {
  await expect(createEmulator({ schema: "create tabel x ()" })).rejects.toThrow("The schema does not load");
  await expect(createEmulator({ dataDir, seed: "insert into nowhere values (1)" })).rejects.toThrow(
    "The seed does not load",
  );
});
