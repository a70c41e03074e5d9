import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell } from "../testing/run-cli.ts";

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start();
});
afterAll(() => service[Symbol.asyncDispose]());

/** Runs an input; what it would send stands in the journal. */
async function run(name: string, content: string | Uint8Array, ...flags: string[]) {
  const user = await service.user();
  const shell = await TestShell.onEmulator(service.emulator, user);
  await writeFile(join(shell.shell.cwd, name), content);
  const { exitCode, stdout, stderr } = await shell.run("batch", name, "--quiet", ...flags);
  const requests = service.emulator.journal.list({ user: user.id });
  const posts = requests
    .filter(({ method, path }) => method === "POST" && path.endsWith("/async"))
    .map(({ body }): Record<string, unknown> => JSON.parse(body ?? "{}"));
  const results = stdout
    .split("\n")
    .slice(0, -1)
    .map((line): Record<string, unknown> => JSON.parse(line));
  return { exitCode, stderr, requests, posts, results };
}

/** Of a run that is refused: what is said. */
async function refusal(name: string, content: string | Uint8Array, ...flags: string[]): Promise<string> {
  const { exitCode, stderr, requests } = await run(name, content, ...flags);
  expect({ exitCode, requests }).toEqual({ exitCode: 2, requests: [] });
  return stderr;
}

describe("a batch's JSONL", () => {
  it("tells every wrong line with its number, and sends nothing", async () => {
    const stderr = await refusal(
      "in.jsonl",
      [
        '{"prompt":"Say 1"}',
        "",
        '{"prompt":',
        "17",
        '{"prompt":" "}',
        '{"prompt":"x","modle":"y"}',
        '{"prompt":"x","aspectRatio":"1:1"}',
        '{"kind":"sound","prompt":"x"}',
        '{"kind":"video","prompt":"x","durationSeconds":"long"}',
        '{"id":"1","prompt":"x"}',
        '{"id":"","prompt":"x"}',
        '{"kind":"video","prompt":"x","image":"missing.png"}',
        '{"id":"\\u001b[31mred","prompt":7}',
      ].join("\n"),
    );
    const lines = stderr.trimEnd().split("\n");
    expect(lines[0]).toBe("flowith: 11 lines are wrong, and nothing was sent:");
    expect(lines.slice(1).map((line) => /^ {2}(line \d+): ./.exec(line)?.[1])).toEqual(
      [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map((line) => `line ${line}`),
    );
    expect(stderr).toContain("Did you mean model?");
    expect(stderr).toContain('line 10: the id "1" is that of line 1 too');
    expect(stderr).toContain("there is no file missing.png");
  });

  it("says of a line without a prompt that it has none, after what else is wrong with it", async () => {
    const stderr = await refusal("in.jsonl", '{"id":"a"}\n{"prompt":null}\n{"promt":"x"}\n{"prompt":7}');
    expect(await refusal("in.jsonl", '{"kind":"video","prompt":"x","image":" "}')).toContain(
      "line 1: image: the path is",
    );
    expect(stderr.split("\n").slice(1)).toEqual([
      '  line 1: "prompt" is missing',
      '  line 2: "prompt" is missing',
      expect.stringContaining("Did you mean prompt?"),
      expect.stringContaining("must be a string"),
      "",
    ]);
  });

  it("tells twenty of many", async () => {
    const stderr = await refusal("in.jsonl", "x\n".repeat(25));
    expect(stderr).toContain("line 20:");
    expect(stderr).not.toContain("line 21:");
    expect(stderr).toContain("  and 5 more");
  });

  it("refuses what is no such file, and says what to do", async () => {
    expect(await refusal("in.jsonl", "")).toContain("There is nothing to do in in.jsonl.");
    expect(await refusal("in.jsonl", '[{"prompt":"x"},\n{"prompt":"y"}]')).toContain("jq -c '.[]'");
    expect(await refusal("in.jsonl", Uint8Array.of(0x22, 0xff, 0x22))).toContain("is no UTF-8 text");
    expect(await refusal("in.jsonl", '"x"', "--delimiter", "ab")).toContain("--delimiter is one character");
    expect(await refusal("in.jsonl", '"x"', "--only-failed")).toContain("--only-failed needs the --output");
    expect(await refusal("in.jsonl", '"x"', "--only-failed", "-o", "out.jsonl")).toContain(
      "no results in out.jsonl yet",
    );
    expect(await refusal("in.jsonl", '"x"', "--concurrency", "0")).toContain("whole number above 0");
    expect(await refusal("in.jsonl", '{"prompt":"x","direct":true}', "-o", "out.jsonl")).toContain("line 1: direct");
    const mixed = '{"prompt":"x"}\n{"kind":"image","prompt":"x"}';
    expect(await refusal("in.jsonl", mixed, "--model", "gpt-4.1-nano")).toContain("the kinds text and image");
  });
});

describe("a batch's CSV", () => {
  it("has quoted line breaks, a BOM, CRLF, and cells as the options want them", async () => {
    const { exitCode, stderr, posts, results } = await run(
      "in.csv",
      '\ufeffid,kind,prompt,durationSeconds,audio,note\r\n\r\na,,"Say ""this"",\r\nthen that",,,"x, y"\r\nb,video,Waves,5,no,\r\n',
    );
    expect(exitCode, stderr).toBe(0);
    expect(results.find(({ id }) => id === "a")).toMatchObject({ kind: "text", input: { note: "x, y" } });
    expect(JSON.stringify(posts)).toContain('Say \\"this\\",\\r\\nthen that');
    expect(posts.find(({ prompt }) => prompt === "Waves")).toMatchObject({ duration: 5, audio: false });
  });

  it("is separated by semicolons or tabs", async () => {
    expect(await refusal("in.csv", "prompt;n\nSay 1;2\n")).toContain("--delimiter ';'");
    for (const [name, content, ...flags] of [
      ["in.csv", "prompt;n\nSay 1;2\n", "--delimiter", ";"],
      ["in.csv", "prompt\tn\nSay 1\t2\n", "--delimiter", "tab"],
      ["in.tsv", "prompt\tn\nSay 1\t2\n"],
      ["in.txt", "prompt,n\nSay 1,2\n", "--format", "csv"],
    ] as const) {
      const { exitCode, results } = await run(name, content, ...flags);
      expect({ exitCode, results }).toMatchObject({ exitCode: 0, results: [{ input: { n: "2" } }] });
    }
  });

  it("tells wrong rows by the line that they begin in", async () => {
    const stderr = await refusal(
      "in.csv",
      'prompt,audio,kind\n"two\nlines",,\nWaves,maybe,video\nx,,text,more\n,,text\n',
    );
    expect(stderr).toContain("line 4: audio: Expected true or false");
    expect(stderr).toContain("line 5: cell 4 stands in a column without a name");
    expect(stderr).toContain('line 6: the column "prompt" is empty\n');
    expect(stderr).not.toContain("line 2:");
    expect(await refusal("in.csv", 'prompt\n"open\n')).toContain("The input is no CSV: Quote Not Closed");
    const short = await refusal("in.csv", 'kind,prompt\ntext\ntext," "\n');
    expect(short).toContain('line 2: the row ends before the column "prompt"\n');
    expect(short).toContain('line 3: the column "prompt" is empty\n');
    expect(await refusal("in.csv", "prompt,prompt\nx,y\n")).toContain('Two columns have the name "prompt"');
    expect(await refusal("in.csv", "text\nx\n")).toContain('none of them is "prompt"');
  });
});
