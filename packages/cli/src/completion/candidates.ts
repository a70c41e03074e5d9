import type { Command } from "commander";
import { type CompletionPoint, optionsOf } from "./command-line.ts";

export interface Candidate {
  value: string;
  description: string;
}

/** What has to be asked for, or looked for on the disk. */
export type Source = "profiles" | "models" | "conversations" | "files" | "folders";

export interface Completion {
  candidates: Candidate[];
  /** Where more come from. */
  source: Source | undefined;
}

/** What the program's own commands and options have for a point. */
export function completionAt(point: CompletionPoint): Completion {
  const { command, option, current, position, isLiteral } = point;
  if (option !== undefined) return valuesOf(option.argChoices, sourceOf(option.flags));
  if (!isLiteral && current.startsWith("-")) return { candidates: optionNames(point), source: undefined };
  if (!isLiteral && position === 0 && command.commands.length > 0) {
    return { candidates: commandNames(command), source: undefined };
  }
  const { registeredArguments } = command;
  const last = registeredArguments.at(-1);
  const argument = registeredArguments[position] ?? (last?.variadic ? last : undefined);
  if (argument === undefined) return { candidates: [], source: undefined };
  const isConversation = argument.name() === "id" && command.parent?.name() === "conversations";
  return valuesOf(argument.argChoices, isConversation ? "conversations" : sourceOf(argument.name()));
}

function valuesOf(choices: readonly string[] | undefined, source: Source | undefined): Completion {
  const candidates = (choices ?? []).map((value) => ({ value, description: "" }));
  return { candidates, source: choices === undefined ? source : undefined };
}

/** By what a value is called: `--output <folder>`, `[file]`, `--model <id>`. */
function sourceOf(text: string): Source | undefined {
  if (/--profile\b/.test(text) || text === "profile") return "profiles";
  if (/--model\b/.test(text) || text === "model") return "models";
  if (/--conversation\b/.test(text)) return "conversations";
  if (/\bfolder\b|\bdirectory\b/.test(text)) return "folders";
  return /\b(file|path)/.test(text) ? "files" : undefined;
}

function commandNames(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((child) => ({ value: child.name(), description: child.description() }));
}

/** One that is there already is wanted again only where it collects values. */
function optionNames({ command, used }: CompletionPoint): Candidate[] {
  return optionsOf(command)
    .filter((option) => !used.has(option) || option.parseArg !== undefined)
    .map(({ long, short, description }) => ({ value: long ?? short ?? "", description }));
}
