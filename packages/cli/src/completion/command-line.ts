import type { Command, Option } from "commander";

/** What is to be completed: the last word of a command line, and where it stands. */
export interface CompletionPoint {
  command: Command;
  /** The beginning that is typed already. */
  current: string;
  /** What has to stand before each value: `--format=` where option and value are one word. */
  lead: string;
  /** How much of lead and value stands in words of its own already, for bash: it replaces the last one alone. */
  skipped: number;
  /** The option whose value is typed. */
  option: Option | undefined;
  /** Which of the command's arguments it is, from 0. */
  position: number;
  /** Behind `help`, which takes the name of a command. */
  isHelp: boolean;
  /** Behind `--` no word is an option. */
  isLiteral: boolean;
  /** Values of options before it, by their names in camel case. */
  values: Record<string, string>;
  /** Options that are there already. */
  used: ReadonlySet<Option>;
}

/** Reads the words after the program's name, the last one being typed, as far as commander would. */
export function pointAt(program: Command, given: readonly string[]): CompletionPoint {
  const words = joined(given);
  const current = words.pop() ?? "";
  const skipped = current.length - (/^[=:]?$/.test(given.at(-1) ?? "") ? 0 : (given.at(-1) ?? "").length);
  const values: Record<string, string> = {};
  const used = new Set<Option>();
  let command = program;
  let pending: Option | undefined;
  let position = 0;
  let isLiteral = false;
  let isHelp = false;
  for (const word of words) {
    if (pending !== undefined) {
      values[pending.attributeName()] = word;
      pending = undefined;
    } else if (isLiteral) position += 1;
    else if (word === "--") isLiteral = true;
    else if (word.startsWith("-") && word !== "-") {
      const { option, value } = optionOf(command, word);
      if (option === undefined) continue;
      used.add(option);
      if (value !== undefined) values[option.attributeName()] = value;
      else if (option.required) pending = option;
    } else {
      const next = position === 0 && !isHelp ? childOf(command, word) : undefined;
      if (word === "help" && position === 0 && next === undefined && command.commands.length > 0 && !isHelp)
        isHelp = true;
      else if (next === undefined) position += 1;
      else command = next;
    }
  }
  const point = { command, position, isHelp, isLiteral, values, used, skipped };
  const inOne = pending === undefined && !isLiteral ? /^(--[^=]+)=(.*)$/s.exec(current) : null;
  if (inOne === null) return { ...point, current, lead: "", option: pending };
  const [, name = "", value = ""] = inOne;
  return { ...point, current: value, lead: `${name}=`, option: optionOf(command, name).option };
}

/** bash takes `--format=json` for three words, and `16:9` as well. */
function joined(words: readonly string[]): string[] {
  const whole: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    if ((word === "=" && whole.at(-1)?.startsWith("--")) || (word === ":" && whole.length > 0)) {
      whole.push(`${whole.pop()}${word}${words[i + 1] ?? ""}`);
      i += 1;
    } else whole.push(word);
  }
  return whole;
}

/** The options of a command and of those above it, which it takes as well. */
export function optionsOf(command: Command): Option[] {
  const help = command.createHelp();
  const own = help.visibleOptions(command);
  const above: Option[] = [];
  for (let parent = command.parent; parent !== null; parent = parent.parent) above.push(...help.visibleOptions(parent));
  return [...own, ...above.filter(({ long }) => long !== "--version" && !own.some((one) => one.long === long))];
}

function optionOf(command: Command, word: string): { option: Option | undefined; value: string | undefined } {
  const [name, value] = word.startsWith("--") ? splitOnce(word) : [word, undefined];
  return { option: optionsOf(command).find(({ long, short }) => long === name || short === name), value };
}

function splitOnce(word: string): [string, string | undefined] {
  const at = word.indexOf("=");
  return at === -1 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function childOf(command: Command, word: string): Command | undefined {
  return command.commands.find((child) => child.name() === word || child.aliases().includes(word));
}
