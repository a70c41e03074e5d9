import { execFileSync } from "node:child_process";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { assignment } from "./assignment.ts";

const values = [
  "/home/a/.config/x.json",
  'it\'s $HOME `id` "$(id)" \\ !x',
  "C:\\new\\tmp",
  "",
  "two\nlines",
  "ü # ; & |",
];

describe("assignment", () => {
  it.each(values)("gives bash exactly %j", (value) => {
    const script = `${assignment("bash", "X", value)}\nprintf %s "$X"`;
    expect(execFileSync("bash", ["-c", script], { encoding: "utf8" })).toBe(value);
  });

  it.each(values.filter((value) => !value.includes("`")))("gives a reader of dotenv files exactly %j", (value) => {
    expect(parseEnv(assignment("dotenv", "X", value)).X).toBe(value);
  });

  it("escapes what fish and PowerShell give a meaning in single quotes, and nothing else", () => {
    expect(assignment("fish", "X", "a'b\\c$d")).toBe("set -gx X 'a\\'b\\\\c$d'");
    expect(assignment("powershell", "X", "a'b’c$d")).toBe("$env:X = 'a''b’’c$d'");
  });

  it("refuses what a dotenv file has no form for", () => {
    expect(() => assignment("dotenv", "X", "a'b`c")).toThrow("quotes of all kinds");
  });
});
