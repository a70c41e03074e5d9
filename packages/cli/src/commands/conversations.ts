import { type Command, InvalidArgumentError, Option } from "commander";
import type { Act } from "../act.ts";
import { addExamples } from "../examples.ts";

const ID = "an id, its first 6 characters or more (of the latest 200), or its address in the web app";

export function addConversationCommands(program: Command, act: Act): void {
  const conversations = addExamples(
    program
      .command("conversations")
      .alias("conv")
      .description("what stands on the canvas: list, read, rename, delete, export"),
    "flowith conversations ls",
    "flowith conv show 4f1d22ab",
  );
  addReading(conversations, act);
  addChanging(conversations, act);
  addExport(conversations, act);
}

function addReading(conversations: Command, act: Act): void {
  addExamples(
    conversations
      .command("ls")
      .alias("list")
      .description("the one that changed last in front")
      .addOption(new Option("-n, --limit <number>", "how many; default 20").argParser(positiveNumber).conflicts("all"))
      .option("-a, --all", "all of them, page by page")
      .option("--search <words>", "only those whose titles have all these words")
      .option("--project <id>", "those of a project, in place of those of none"),
    "flowith conversations ls",
    "flowith conv ls --search 'kyoto autumn'",
    "flowith conv ls --all --json | jq -r '.[].title'",
  ).action(act(async () => (await import("../actions/conversations/list.ts")).listConversations));

  addExamples(
    conversations
      .command("show")
      .description("a conversation as Markdown, along the latest path")
      .argument("<id>", ID)
      .option("--node <id>", "the path through this node, in place of the latest"),
    "flowith conversations show 4f1d22ab",
    "flowith conv show https://flowith.io/conv/4f1d22ab-5a3e-4f6e-8a2b-0c9f5f0c1d2e > kyoto.md",
    "flowith conv show 4f1d22ab --node 9b20c3aa --json | jq -r '.nodes[-1].text'",
  ).action(act(async () => (await import("../actions/conversations/show.ts")).showConversation));

  addExamples(
    conversations.command("tree").description("its branches, with the first words of each turn").argument("<id>", ID),
    "flowith conversations tree 4f1d22ab",
  ).action(act(async () => (await import("../actions/conversations/tree.ts")).showTree));
}

function addChanging(conversations: Command, act: Act): void {
  addExamples(
    conversations
      .command("rename")
      .description("give it another title")
      .argument("<id>", ID)
      .argument("<title...>", "words are joined"),
    "flowith conversations rename 4f1d22ab A week in Kyoto",
  ).action(act(async () => (await import("../actions/conversations/rename.ts")).renameConversation));

  addExamples(
    conversations
      .command("rm")
      .alias("delete")
      .description("delete conversations; asks before it does")
      .argument("<id...>", ID)
      .option("-y, --yes", "do not ask; needed where nobody can be asked"),
    "flowith conversations rm 4f1d22ab",
    "flowith conv rm --yes 4f1d22ab 9b20c3aa",
  ).action(act(async () => (await import("../actions/conversations/remove.ts")).removeConversations));
}

function addExport(conversations: Command, act: Act): void {
  addExamples(
    conversations
      .command("export")
      .description("one folder a conversation: Markdown, JSON, and its media")
      .argument("[id...]", ID)
      .option("-a, --all", "all conversations")
      .option("--project <id>", "with --all: those of a project, in place of those of none")
      .requiredOption("-o, --output <folder>", "where the folders go; made if need be")
      .addOption(
        new Option("--format <format>", "what is written").choices(["markdown", "json", "both"]).default("both"),
      )
      .addOption(new Option("--force", "write all of it again, over an earlier export").conflicts("update"))
      .option("--update", "go on from an earlier export: only what has changed since, and what is missing"),
    "flowith conversations export 4f1d22ab --output kyoto",
    "flowith conv export --all --output backup --update",
    "flowith conv export --all -o notes --format markdown",
  ).action(act(async () => (await import("../actions/conversations/export.ts")).exportConversations));
}

function positiveNumber(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError("It is a whole number from 1 on.");
  return Number(value);
}
