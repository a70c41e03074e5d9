import * as v from "valibot";

/** Where a value is wrong, and what is wrong with it. */
export function describeIssue(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return path === null ? whatIsWrong(issue) : `${path}: ${whatIsWrong(issue)}`;
}

/** What is wrong with a value, without the value itself: it may be a token, and messages end up in logs. */
export function whatIsWrong(issue: v.BaseIssue<unknown>): string {
  const isOurs = issue.type === "check" || issue.type === "custom";
  return isOurs ? issue.message : `Expected ${issue.expected ?? issue.type}, not ${kindOf(issue.input)}`;
}

/** A value's kind in a word. A number is shown: it is no secret. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "number" ? String(value) : typeof value;
}
