import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("./", import.meta.url));

/** From the top floor down: a room imports from those below it only, types included. Rooms of one floor leave each other alone. */
const FLOORS: readonly (readonly string[])[] = [
  ["index.ts", "http.ts", "developer.ts"],
  ["client", "developer"],
  ["resources"],
  ["conversation"],
  ["kinds"],
  ["jobs"],
  ["media", "files"],
  ["events", "rows"],
  ["session"],
  ["http"],
  ["wire"],
  ["options"],
  ["bytes", "text"],
  ["timing"],
  ["errors"],
];

const roomOf = (file: string): string => file.split("/")[0] ?? "";
const floorOf = (file: string): number => FLOORS.findIndex((rooms) => rooms.includes(roomOf(file)));
const sources = globSync("**/*.ts", { cwd: root }).filter((file) => !/\.test(-d)?\.ts$/.test(file));

/** The files that a file imports from, in whatever form. */
function importsOf(file: string): string[] {
  const found = readFileSync(join(root, file), "utf8").matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g);
  return [...found].map(([, path = ""]) => normalize(join(dirname(file), path)));
}

it("every file of core stands in a room", () => {
  expect(sources.filter((file) => floorOf(file) === -1)).toEqual([]);
});

it("imports run downwards", () => {
  const upwards = sources.flatMap((file) =>
    importsOf(file)
      .filter((target) => roomOf(target) !== roomOf(file) && floorOf(target) <= floorOf(file))
      .map((target) => `${file} imports ${target}`),
  );
  expect(upwards).toEqual([]);
});

it("CONTRIBUTING shows every room, in this order", () => {
  const text = readFileSync(new URL("../../../CONTRIBUTING.md", import.meta.url), "utf8");
  const drawn = [...text.matchAll(/^\| `([\w.]+\/?)`(?:, `([\w.]+\/?)`)?(?:, `([\w.]+\/?)`)? +\|/gm)].map(
    ([, ...rooms]) => rooms.filter((room) => room !== undefined).map((room) => room.replace("/", "")),
  );
  expect(drawn).toEqual(FLOORS);
});
