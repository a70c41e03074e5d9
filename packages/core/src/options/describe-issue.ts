import * as v from "valibot";
import { excerpt } from "../text/excerpt.ts";
import { kindOf } from "../text/kind-of.ts";
import { shown } from "../text/shown.ts";

/** Where a value is wrong, and what is wrong with it. */
export function describeIssue(issue: v.BaseIssue<unknown>, say: typeof whatIsWrong = whatIsWrong): string {
  const path = v.getDotPath(issue);
  return path === null ? say(issue) : `${excerpt(path)}: ${say(issue)}`;
}

/** What is wrong with an option: where only certain words are right, with the one that was given. */
export function whatIsWrongWithOption(issue: v.BaseIssue<unknown>): string {
  const isWord = issue.type === "picklist" || issue.type === "literal";
  return isWord ? `Expected ${issue.expected}, not ${shown(issue.input)}` : whatIsWrong(issue);
}

/** What is wrong with a value, without the value itself: it may be a token, and messages end up in logs. */
export function whatIsWrong(issue: v.BaseIssue<unknown>): string {
  if (isUnknownKey(issue)) return "There is no such field";
  if (isMissingKey(issue)) return "It is missing";
  const isOurs = issue.type === "check" || issue.type === "custom";
  return isOurs ? issue.message : `Expected ${issue.expected ?? issue.type}, not ${kindOf(issue.input)}`;
}

/** An object's own complaint about a key has the key as its path; about the whole, as of any other type, it has not. */
export function isUnknownKey({ type, expected }: v.BaseIssue<unknown>): boolean {
  return type === "strict_object" && expected === "never";
}

export function isMissingKey({ type, expected }: v.BaseIssue<unknown>): boolean {
  return type === "strict_object" && expected?.startsWith('"') === true;
}
