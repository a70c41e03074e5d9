import * as v from "valibot";
import { kindOf } from "../text/kind-of.ts";

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
