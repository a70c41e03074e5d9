import type { EmulatorUser } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TestCanvas } from "../testing/canvas.ts";
import { Chatting } from "../testing/chatting.ts";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell } from "../testing/run-cli.ts";

let service: CliEmulator;
let user: EmulatorUser;
let canvas: TestCanvas;
beforeAll(async () => {
  service = await CliEmulator.start({ imageMs: 1, videoMs: 1, firstEventMs: 0, fragmentMs: 1 });
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(async () => {
  user = await service.user();
  canvas = new TestCanvas(service.emulator, user);
});

const commands = [["text"], ["chat"], ["image"], ["video"]] as const;

describe("--conversation", () => {
  it.each(commands)("of %s takes the beginning of an id, or the address in the web app", async (command) => {
    const id = await canvas.conversation("Kyoto");
    const shell = await TestShell.onEmulator(service.emulator, user);
    for (const said of [id.slice(0, 6), `https://flowith.io/conv/${id}`]) {
      const { exitCode, stdout } = await shell.run(command, "Waves", "--json", "-c", said);
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout.trim().split("\n").at(-1) ?? "")).toMatchObject({ convId: id });
    }
    expect(await shell.json("conv", "ls")).toMatchObject([{ id, title: "Kyoto" }]);
  });

  it.each(commands)("of %s sends nothing for what none or several are meant by", async (command) => {
    const ids = ["abcdef01-0000-4000-8000-00000000000", "abcdef01-0000-4000-9000-00000000000"];
    const last = commands.findIndex(([name]) => name === command);
    for (const id of ids) await canvas.conversation("Twin", [], { id: `${id}${last}` });
    const shell = await TestShell.onEmulator(service.emulator, user);
    const several = await shell.run(command, "Waves", "-c", "abcdef");
    expect(several).toMatchObject({ exitCode: 2, stdout: "" });
    for (const id of ids) expect(several.stderr).toContain(id);
    expect(await shell.run(command, "Waves", "-c", "feedc0de")).toMatchObject({ exitCode: 2, stdout: "" });
    expect(await shell.run(command, "Waves", "-c", "kyoto")).toMatchObject({ exitCode: 2, stdout: "" });
    const sent = service.emulator.journal.list({ user: user.id }).map(({ method, path }) => `${method} ${path}`);
    expect(sent.filter((request) => /completion|image_gen|video/.test(request))).toEqual([]);
  });

  it("takes up a chat on a terminal by the beginning of an id", async () => {
    const id = await canvas.conversation("Kyoto");
    const chat = await Chatting.start(service, ["-c", id.slice(0, 8)], { user });
    await chat.sees("Kyoto 0 turns");
    expect((await chat.ends()).exitCode).toBe(0);
  });
});

describe("a new conversation", () => {
  it.each(commands)("that %s makes has the first words of its prompt as its title", async (command) => {
    const shell = await TestShell.onEmulator(service.emulator, user);
    const reference = "[[file:image/png|cat.png|https://r2.flowith.net/cat.png]]";
    expect(await shell.run(command, `${reference}\n\u001b[31mDescribe`, "this")).toMatchObject({ exitCode: 0 });
    expect(await shell.json("conv", "ls")).toMatchObject([{ title: "[cat.png] Describe this" }]);
    await shell.run(command, "word ".repeat(100));
    const { stdout } = await shell.run("conv", "ls");
    expect(stdout).toMatch(/ {2}(word ){11}word…\n/);
  });

  it("stays without one where none can be given, and nothing is said of it", async () => {
    service.emulator.faults.arm({ type: "status", status: 503, route: "PATCH /rest/v1/conversation", user: user.id });
    const shell = await TestShell.onEmulator(service.emulator, user);
    expect(await shell.run("text", "What is the capital of Poland?")).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await shell.json("conv", "ls")).toMatchObject([{ title: null }]);
  });
});
