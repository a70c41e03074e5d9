import { describe, expect, it } from "vitest";
import { painter } from "../output/color.ts";
import { Screen } from "../testing/screen.ts";
import { MarkdownStream } from "./markdown-stream.ts";

interface Terminal {
  columns?: number;
  rows?: number;
  isStyled?: boolean;
  hasLinks?: boolean;
}

function written(
  pieces: readonly string[],
  { columns = 80, rows = 24, isStyled = true, hasLinks = false }: Terminal,
): string {
  const markdown = new MarkdownStream({
    size: () => ({ columns, rows }),
    paint: painter(isStyled),
    isStyled,
    hasLinks,
  });
  return pieces.map((piece) => markdown.push(piece)).join("") + markdown.end();
}

function shown(text: string, terminal: Terminal = {}): string[] {
  return Screen.of(written([text], terminal), terminal.columns ?? 80, terminal.rows).slice(0, -1);
}

const document = `# Tides, *briefly*

The **moon** pulls the \`sea\`: it rises **twice** a day, ~~thrice~~, and _nobody_ minds; snake_case_words and 2 * 3 * 4 stay.

> A quote that is long enough to go on in a second row on every terminal that this is tried at.
> > And one within.

1. One, with a [link](https://example.com/a_b_c?x=(1)) and an <https://example.com/auto>
2. Two
   - inner **item** that goes on and on, so that it has to be broken somewhere behind the mark
   - [x] done

\`\`\`ts
const wide = "a line of code that is much longer than the width of a narrow terminal is";
\tif (**not bold**) return; // # no heading
\`\`\`

| Name | What it does, in some words | Price |
|:-----|:---------------------------:|------:|
| a \\| b | \`x|y\` is code, and **bold** too | 1,000 |
| 日本語 | wide characters 👩‍👩‍👧 and more | 2 |

---
日本語の文章は単語の間に空白がないので、どこでも改行できます。絵文字👩‍👩‍👧も幅を持ちます。
An unclosed **mark and a \`tick, a [bracket and a * star
Supercalifragilisticexpialidocious-Supercalifragilisticexpialidocious-Supercalifragilisticexpialidocious`;

describe("Markdown in a terminal", () => {
  it("shows headings, styles, quotes, lists, code and tables", () => {
    expect(shown(document)).toMatchSnapshot();
    expect(shown(document, { columns: 40 })).toMatchSnapshot();
  });

  it.each([80, 40, 20, 10])("shows the same at %i columns wherever the text is cut", (columns) => {
    const whole = shown(document, { columns, rows: 60 });
    const [characters, bytes] = [[...document], document.split("")];
    for (const pieces of [characters, bytes]) {
      expect(Screen.of(written(pieces, { columns, rows: 60 }), columns, 60).slice(0, -1)).toEqual(whole);
    }
    for (let at = columns; at <= document.length; at += 41) {
      const halves = [document.slice(0, at), document.slice(at)];
      expect(Screen.of(written(halves, { columns, rows: 60 }), columns, 60).slice(0, -1), `cut at ${at}`).toEqual(
        whole,
      );
    }
  });

  it("never writes wider than the terminal, and loses no word", () => {
    for (let columns = 12; columns <= 90; columns += 13) {
      const lines = shown(document, { columns });
      const text = lines.join("").replace(/[\s│↳]/g, "");
      for (const word of ["pulls", "twice", "goes", "narrow", "絵文字", "characters", "docious"]) {
        expect(text, `${word} at ${columns}`).toContain(word);
      }
    }
  });

  it("shows each piece at once", () => {
    const markdown = new MarkdownStream({
      size: () => ({ columns: 40, rows: 24 }),
      paint: painter(true),
      isStyled: true,
      hasLinks: false,
    });
    const screen = new Screen(40);
    for (const [piece, line] of [
      ["Hel", "Hel"],
      ["lo **wor", "Hello wor"],
      ["ld", "Hello world"],
      ["**", "Hello world"],
      ["!", "Hello world!"],
    ] as const) {
      screen.write(markdown.push(piece));
      expect(screen.lines).toEqual([line]);
    }
  });

  it("only appends where nothing shown before changes", () => {
    const text = "Plain words, which stand in one row of a wide terminal, and then some more.";
    // biome-ignore lint/suspicious/noControlCharactersInRegex: redrawing begins with a carriage return
    const redraws = written([...text], { columns: 200 }).match(/\r|\u001b\[/g);
    expect(redraws).toBeNull();
  });

  it("gives back marks that nothing closes", () => {
    expect(shown("An **open mark and `a tick")).toEqual(["An **open mark and `a tick"]);
    expect(shown("a * b * c, 5*, snake_case_name, **a **")).toEqual(["a * b * c, 5*, snake_case_name, **a **"]);
  });

  it("leaves what is in a fence as it is", () => {
    const code = "  **x** `y`\n# no heading\n| no | table |\n\n- [ ] none";
    expect(shown(`~~~\n${code}\n~~~`).slice(1, -1)).toEqual(code.split("\n"));
  });

  it("marks where a line of code goes on below", () => {
    const code = "const answer = 'forty-two';\nnext();";
    const text = `\`\`\`\n${code}\n\`\`\``;
    expect(shown(text, { columns: 21 }).slice(1, -1)).toEqual(["const answer = 'fort", "↳ y-two';", "next();"]);
    const pieces = Screen.of(written([...text], { columns: 21 }), 21).slice(1, -2);
    expect(pieces).toEqual(["const answer = 'fort", "↳ y-two';", "next();"]);
  });

  it("does not obey what the service sends, wherever it is cut", () => {
    const evil = "a\u001b]0;title\u0007b\u001b[2Jc\u001b]52;c;aGk=\u001b\\d\u009b31me\u202ef\r\ng\rh";
    for (let at = 0; at <= evil.length; at += 1) {
      const halves = written([evil.slice(0, at), evil.slice(at)], { isStyled: false });
      expect(Screen.of(halves, 80)).toEqual(["abcd31mef", "gh", ""]);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(halves).not.toMatch(/\u001b\]|\u001b\[2J|\u009b|\u202e|\u0007/);
    }
  });

  it("links only by addresses that are safe, and tells where a link leads that hides it", () => {
    const text =
      "[docs](https://a.example/x) [bank.example](https://evil.example) [run](javascript:alert(1)) [file](file:///etc)";
    const screen = new Screen(200);
    screen.write(written([text], { columns: 200, hasLinks: true }));
    expect(screen.links).toEqual(["https://a.example/x"]);
    expect(screen.lines[0]).toBe(
      "docs bank.example (https://evil.example) run (javascript:alert(1)) file (file:///etc)",
    );
  });

  it("keeps the marks where nothing can be styled, and breaks between words", () => {
    expect(shown("# Title\nsome **bold** words", { columns: 13, isStyled: false })).toEqual([
      "# Title",
      "some",
      "**bold**",
      "words",
    ]);
  });

  it("gives up the beginning of a line without end, and loses nothing of it", () => {
    const words = "word **bold** ".repeat(2_000);
    const lines = Screen.of(written(words.match(/.{1,50}/gs) ?? [], { columns: 81 }), 81);
    expect(lines.join(" ").split(/\s+/).filter(Boolean)).toEqual(words.replaceAll("*", "").trim().split(" "));
  });
});
