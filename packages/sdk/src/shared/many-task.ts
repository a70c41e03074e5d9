import { InvalidArgumentError, type JobKind } from "@flowith-webapi/core";
import { type BatchJobs, excerpt } from "@flowith-webapi/core/http";
import { nearMiss } from "./near-miss.ts";

/** What an input asks for, without the caller's own fields. */
export interface ManyTask {
  kind: JobKind;
  prompt: string;
  /** Of the verb of that kind, which checks them. */
  options: object;
  /** As the input has it. */
  id: unknown;
}

type OptionNames = BatchJobs["optionNames"];

const KINDS: readonly JobKind[] = ["text", "image", "video"];
const OWN_NAMES: readonly string[] = ["kind", "prompt"];

/** @throws InvalidArgumentError for an input that is none */
export function readTask(input: unknown, optionNames: OptionNames): ManyTask {
  if (typeof input === "string") return { kind: "text", prompt: input, options: {}, id: undefined };
  if (typeof input !== "object" || input === null) throw refusal("an input is a prompt, or an object with one");
  const { kind: name = "text", prompt, id, ...fields }: Record<string, unknown> = { ...input };
  const kind = KINDS.find((one) => one === name);
  if (kind === undefined) throw refusal('kind: Expected "text", "image" or "video"');
  const options: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(fields)) {
    if (optionNames[kind].includes(field)) options[field] = value;
    else if (value !== undefined) requireOwnField(field, kind, optionNames);
  }
  if (typeof prompt !== "string") throw refusal("the prompt must be a string");
  return { kind, prompt, options, id };
}

/** @throws InvalidArgumentError for a field that looks like an option */
function requireOwnField(field: string, kind: JobKind, optionNames: OptionNames): void {
  const others = KINDS.filter((other) => optionNames[other].includes(field));
  if (others.length > 0) {
    throw refusal(
      `"${field}" is an option of kind ${others.join(" and ")}, and this input is of kind ${kind}. If it is a field of your own, name it otherwise`,
    );
  }
  const known = [...OWN_NAMES, ...KINDS.flatMap((one) => optionNames[one])];
  const meant = nearMiss(field, known);
  if (meant === undefined) return;
  throw refusal(
    `there is no option "${excerpt(field)}". Did you mean ${meant}? If it is a field of your own, name it otherwise`,
  );
}

function refusal(what: string): InvalidArgumentError {
  return new InvalidArgumentError(`generateMany: ${what}.`);
}
