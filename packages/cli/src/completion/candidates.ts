import type { Command, Option } from "commander";
import { type CompletionPoint, optionsOf } from "./command-line.ts";

export interface Candidate {
  value: string;
  description: string;
}

/** What has to be asked for, or looked for on the disk. */
export type Source =
  | "profiles"
  | "models"
  | "developer models"
  | "aspect ratios"
  | "image sizes"
  | "durations"
  | "conversations"
  | "jobs"
  | "templates"
  | "files"
  | "folders";

export interface Completion {
  candidates: Candidate[];
  /** Where more come from. */
  source: Source | undefined;
}

/** The commands of other programs, which are no part of this one. */
const OWN_PROGRAMS: Readonly<Record<string, readonly Candidate[]>> = {
  emulator: [
    { value: "start", description: "serve until Ctrl-C" },
    { value: "exec", description: "serve while a command runs" },
    { value: "status", description: "whether one runs" },
    { value: "reset", description: "back to the beginning" },
    { value: "export", description: "its state into a file" },
    { value: "import", description: "a state from a file" },
  ],
  serve: [{ value: "keys", description: "keys of your own for its users" }],
};

/** What the program's own commands and options have for a point. */
export function completionAt(point: CompletionPoint): Completion {
  const { command, option, current, position, isLiteral, isHelp } = point;
  if (isHelp) return { candidates: position === 0 ? helpTopics(command) : [], source: undefined };
  const ofProgram = OWN_PROGRAMS[command.name()];
  if (ofProgram !== undefined) {
    return position === 0 ? { candidates: [...ofProgram], source: undefined } : { candidates: [], source: "files" };
  }
  if (option !== undefined)
    return valuesOf(option.argChoices ?? knownValues[option.long ?? ""], sourceOfOption(command, option));
  if (!isLiteral && current.startsWith("-")) return { candidates: optionNames(point), source: undefined };
  if (!isLiteral && position === 0 && command.commands.length > 0) {
    return { candidates: commandNames(command), source: undefined };
  }
  const { registeredArguments } = command;
  const last = registeredArguments.at(-1);
  const argument = registeredArguments[position] ?? (last?.variadic ? last : undefined);
  if (argument === undefined) return { candidates: [], source: undefined };
  return valuesOf(argument.argChoices, sourceOfArgument(command, argument.name()));
}

/** Some values of options that take others as well. */
const knownValues: Readonly<Record<string, readonly string[]>> = { "--resolution": ["480p", "720p", "1080p"] };

/** What the ids are of, by the name of the command above. */
const idsOf: Readonly<Record<string, Source>> = {
  conversations: "conversations",
  jobs: "jobs",
  templates: "templates",
};

function sourceOfArgument(command: Command, name: string): Source | undefined {
  if (name === "id") return idsOf[command.parent?.name() ?? ""];
  return command.name() === "models" ? "models" : sourceOf(name);
}

const ofOptions: Readonly<Record<string, Source>> = {
  "--profile": "profiles",
  "--model": "models",
  "--conversation": "conversations",
  "--aspect-ratio": "aspect ratios",
  "--size": "image sizes",
  "--duration": "durations",
};

function sourceOfOption(command: Command, { long, flags }: Option): Source | undefined {
  if (long === "--model" && command.name() === "search") return "developer models";
  return ofOptions[long ?? ""] ?? sourceOf(flags);
}

function valuesOf(choices: readonly string[] | undefined, source: Source | undefined): Completion {
  const candidates = (choices ?? []).map((value) => ({ value, description: "" }));
  return { candidates, source: choices === undefined ? source : undefined };
}

/** By what a value is called: `--output <folder>`, `[file]`, `<profile>`. */
function sourceOf(text: string): Source | undefined {
  if (text === "profile") return "profiles";
  if (/\bfolder\b|\bdirectory\b/.test(text)) return "folders";
  return /\b(file|path)/.test(text) ? "files" : undefined;
}

function helpTopics(command: Command): Candidate[] {
  return commandNames(command).filter(({ value }) => value !== "help");
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
