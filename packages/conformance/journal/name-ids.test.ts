import { expect, it } from "vitest";
import { nameIds } from "./name-ids.ts";

const [a, b, c, d] = [1, 2, 3, 4].map((digit) => `${digit}0000000-0000-4000-8000-000000000000`);

it("gives an id one name in all texts, and others to other ids", () => {
  expect(nameIds([`first ${a}`, `second ${b}, then ${a}`])).toEqual([
    "first <uuid 1>",
    "second <uuid 2>, then <uuid 1>",
  ]);
});

it("gives the same names whatever the ids are and in whatever order the texts came", () => {
  const texts = (x: unknown, y: unknown, z: unknown): string[] => [
    `insert ${x} under ${z}`,
    `insert ${y} under ${z}`,
    `post ${x}`,
    `post ${y}`,
    `stop ${y}`,
  ];
  const named = nameIds(texts(a, b, c)).sort();
  expect(nameIds(texts(b, a, c).reverse()).sort()).toEqual(named);
  expect(nameIds(texts(c, a, b)).sort()).toEqual(named);
});

it("tells ids apart by the other ids that stand beside them", () => {
  // Only the first question is asked twice; the answers and what is said of them differ in nothing else.
  const chain = (asked: unknown, answered: unknown): string[] => [
    `ask ${asked}`,
    `answer ${asked} by ${answered}`,
    `read ${answered}`,
  ];
  const named = nameIds([`ask ${a}`, ...chain(a, c), ...chain(b, d)]);
  expect(named[3]).not.toBe(named[6]);
});

it("gives those one name that nothing tells apart", () => {
  expect(nameIds([`post ${a}`, `post ${b}`])).toEqual(["post <uuid 1>", "post <uuid 1>"]);
});

it("numbers each kind by itself", () => {
  const text = `{"email":"user-0123abcd@example.com","token":"[redacted 0123abcd]","id":"${a}"}`;
  expect(nameIds([text])).toEqual([`{"email":"<email 1>","token":"<secret 1>","id":"<uuid 1>"}`]);
});

it("names the challenge of a sign-in, but no other text of that length", () => {
  const value = "I6bDGdggPcN7qZ3JKFfgoKO_XQn3JIMs89TEneCooBA";
  expect(nameIds([`{"code_challenge":"${value}","text":"${value.replaceAll("I", "J")}"}`])).toEqual([
    `{"code_challenge":"<challenge 1>","text":"${value.replaceAll("I", "J")}"}`,
  ]);
});
