import { describe, expect, it } from "vitest";
import { folderName } from "./folder-name.ts";

const id = "4f1d22ab";

describe("the name of an exported conversation's folder", () => {
  it.each([
    ["Kyoto in autumn", `Kyoto in autumn ${id}`],
    ["../../etc/passwd", `_.._etc_passwd ${id}`],
    ["..", `Untitled ${id}`],
    ["", `Untitled ${id}`],
    [null, `Untitled ${id}`],
    ["CON", `CON_ ${id}`],
    ["..aux.txt", `aux_.txt ${id}`],
    ["-rf", `rf ${id}`],
    ['a<b>c:d"e|f?g*', `a_b_c_d_e_f_g_ ${id}`],
    ["two\nlines\u202egnp.exe", `two lines gnp.exe ${id}`],
    ["\u001b[31mred\u001b[0m \u001b]0;owned\u0007title", `red title ${id}`],
    ["trailing. . ", `trailing ${id}`],
    ["half \ud83d of a pair", `half _ of a pair ${id}`],
    ["🌸 日本", `🌸 日本 ${id}`],
  ])("of the title %j is %j", (title, name) => {
    expect(folderName(title, id)).toBe(name);
  });

  it("is short enough for every file system, and cut between characters", () => {
    const name = folderName("👨‍👩‍👧‍👦".repeat(300), id);
    expect(Buffer.byteLength(name)).toBeLessThan(140);
    expect(name).toMatch(/^(👨‍👩‍👧‍👦)+ 4f1d22ab$/u);
  });
});
