/** What a secret looks like that was pasted wrongly, as into an `.env`, and what to do about it. */
const ACCIDENTS: readonly (readonly [RegExp, string])[] = [
  [/^["'`]|["'`]$/, "It stands in quotes: pass it without them."],
  [/^Bearer\b/i, 'It begins with "Bearer": pass what comes after that.'],
  [/^(undefined|null|NaN|\[object \w+\])$/, "It is the name of a missing value: something was not set."],
  [/^[{[]/, "It is a whole JSON object: pass the one value of it that is meant."],
  [/^base64-/, "It is the cookie of a web app: pass the one value that is encoded in it."],
  [/^\w+=[^=]/, "It begins with the name of a variable: pass what comes after the =."],
  [/\s/, "It has a blank or a line break in it: something was pasted along with it."],
];

/** A hint at what was pasted wrongly, which shows nothing of it; undefined where nothing looks like that. */
export function pasteAccident(secret: string): string | undefined {
  return ACCIDENTS.find(([pattern]) => pattern.test(secret))?.[1];
}

/** The secret without what a paste leaves around it; blank is absent. */
export function trimmed(secret: string | undefined): string | undefined {
  return secret?.trim() || undefined;
}
