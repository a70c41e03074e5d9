type Accident = readonly [RegExp, string];

const TYPOGRAPHIC =
  "It has typographic quotes in it, which a keyboard or a chat program makes of plain ones: copy it anew, and pass it without them.";
const WHOLE_JSON = "It is a whole JSON object: pass the one value of it that is meant.";
const TRAILING: Accident = [/[;,]$/, "It ends with a semicolon or a comma: pass it without that."];

/** What a secret looks like that was pasted wrongly, as into an `.env` or by a phone, and what to do about it. */
const ACCIDENTS: readonly Accident[] = [
  [/^\{\s*"/, WHOLE_JSON],
  [/[“”„‟‘’‚‛«»‹›]/, TYPOGRAPHIC],
  [/^["'`].*[;,]$/s, "It stands in quotes, and ends with a semicolon or a comma: pass it without them."],
  [/^["'`]|["'`]$/, "It stands in quotes: pass it without them."],
  [/^Bearer\b/i, 'It begins with "Bearer": pass what comes after that.'],
  [/^(undefined|null|NaN|\[object \w+\])$/, "It is the name of a missing value: something was not set."],
  [/^[{[]/, WHOLE_JSON],
  [/^base64-/, "It is the cookie of a web app: pass the one value that is encoded in it."],
  [/^\w+=[^=]/, "It begins with the name of a variable: pass what comes after the =."],
  TRAILING,
  [/\s/, "It has a blank or a line break in it: something was pasted along with it."],
  [/\p{Cf}/u, "It has a character in it that cannot be seen: something was pasted along with it."],
];

/** White space, and what cannot be seen either though JavaScript does not count it as such: a zero-width space. */
const UNSEEN = /[\s\p{Cf}]/u;

/** A hint at what was pasted wrongly, which shows nothing of it; undefined where nothing looks like that. */
export function pasteAccident(secret: string): string | undefined {
  return firstOf(ACCIDENTS, secret);
}

/** The same of what begins like a JSON object and is none. Texts in it, such as a name, may have quotes of any kind. */
export function jsonAccident(json: string): string {
  return (
    firstOf([[/^\{\s*[“”„‟‘’‚‛«»‹›]/, TYPOGRAPHIC], TRAILING], json) ??
    "It is JSON that was cut off or changed on its way: copy it anew."
  );
}

function firstOf(accidents: readonly Accident[], secret: string): string | undefined {
  return accidents.find(([pattern]) => pattern.test(secret))?.[1];
}

/** The secret without what a paste leaves around it; blank is absent. */
export function trimmed(secret = ""): string | undefined {
  let [start, end] = [0, secret.length];
  // An expression for both ends would take its time over a long blank in the middle.
  while (start < end && UNSEEN.test(secret.charAt(start))) start++;
  while (start < end && UNSEEN.test(secret.charAt(end - 1))) end--;
  return secret.slice(start, end) || undefined;
}
