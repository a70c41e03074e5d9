import {
  describeFailure,
  describePosition,
  type Failure,
  failure,
  mergeFailures,
  noFailure,
  withExpectation,
} from "./parse-failure.ts";

/** `consumed` decides whether an alternative may still be tried: what has consumed input is committed to. */
export type Reply<T> =
  | {
      readonly ok: true;
      readonly consumed: boolean;
      readonly value: T;
      readonly position: number;
      readonly error: Failure;
    }
  | { readonly ok: false; readonly consumed: boolean; readonly error: Failure };

/**
 * Predictive parsers with the merging of errors that PostgREST's parser library has, since its messages and columns
 * are part of the dialect.
 */
export type Parser<T> = (input: readonly string[], position: number) => Reply<T>;

/** A text in the double quotes and escapes in which error messages show it. */
function showText(text: string): string {
  let shown = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === "\\") shown += `\\${character}`;
    else if (character === "\n") shown += "\\n";
    else if (character === "\t") shown += "\\t";
    else if (character === "\r") shown += "\\r";
    else if (code < 32 || code > 126) shown += `\\${code}`;
    else shown += character;
  }
  return `"${shown}"`;
}

export function succeed<T>(value: T): Parser<T> {
  return (_input, position) => ({ ok: true, consumed: false, value, position, error: noFailure(position) });
}

export const fail: Parser<never> = (_input, position) => ({ ok: false, consumed: false, error: noFailure(position) });

export function satisfy(accepts: (character: string) => boolean): Parser<string> {
  return (input, position) => {
    const character = input[position];
    if (character === undefined) return { ok: false, consumed: false, error: failure(position, "found", "") };
    if (!accepts(character))
      return { ok: false, consumed: false, error: failure(position, "found", showText(character)) };
    return { ok: true, consumed: true, value: character, position: position + 1, error: noFailure(position + 1) };
  };
}

/** Several characters; a mismatch after the first one has consumed input, but is reported at the start. */
export function string(text: string): Parser<string> {
  const wanted = Array.from(text);
  return (input, position) => {
    for (const [index, character] of wanted.entries()) {
      const actual = input[position + index];
      if (actual === character) continue;
      const found = failure(position, "found", actual === undefined ? "" : showText(actual));
      return { ok: false, consumed: index > 0, error: withExpectation(found, showText(text)) };
    }
    const end = position + wanted.length;
    return { ok: true, consumed: true, value: text, position: end, error: noFailure(end) };
  };
}

export function label<T>(parser: Parser<T>, name: string): Parser<T> {
  return (input, position) => {
    const reply = parser(input, position);
    if (reply.consumed) return reply;
    if (reply.ok && reply.error.messages.length === 0) return reply;
    return { ...reply, error: withExpectation(reply.error, name) };
  };
}

export function char(character: string): Parser<string> {
  return label(
    satisfy((actual) => actual === character),
    showText(character),
  );
}

export function oneOf(characters: string): Parser<string> {
  return satisfy((actual) => characters.includes(actual));
}

export function noneOf(characters: string): Parser<string> {
  return satisfy((actual) => !characters.includes(actual));
}

export const anyChar: Parser<string> = satisfy(() => true);
export const letter: Parser<string> = label(
  satisfy((c) => /^\p{L}$/u.test(c)),
  "letter",
);
export const digit: Parser<string> = label(
  satisfy((c) => /^[0-9]$/.test(c)),
  "digit",
);

export function chain<A, B>(first: Parser<A>, next: (value: A) => Parser<B>): Parser<B> {
  return (input, position) => {
    const before = first(input, position);
    if (!before.ok) return before;
    const after = next(before.value)(input, before.position);
    if (after.consumed) return after;
    const error = mergeFailures(before.error, after.error);
    return { ...after, consumed: before.consumed, error };
  };
}

export function map<A, B>(parser: Parser<A>, change: (value: A) => B): Parser<B> {
  return chain(parser, (value) => succeed(change(value)));
}

/** Runs both and keeps the second value. (A module that exports `then` would be taken for a promise on import.) */
export function after<B>(first: Parser<unknown>, second: Parser<B>): Parser<B> {
  return chain(first, () => second);
}

/** Runs both and keeps the first value. */
export function followedBy<A>(first: Parser<A>, second: Parser<unknown>): Parser<A> {
  return chain(first, (value) => map(second, () => value));
}

export function or<A, B>(first: Parser<A>, second: Parser<B>): Parser<A | B> {
  return (input, position) => {
    const reply = first(input, position);
    if (reply.ok || reply.consumed) return reply;
    const other = second(input, position);
    return other.consumed ? other : { ...other, error: mergeFailures(reply.error, other.error) };
  };
}

export function choice<T>(...parsers: readonly Parser<T>[]): Parser<T> {
  return parsers.reduceRight<Parser<T>>((rest, parser) => or(parser, rest), fail);
}

/** A failure of `parser` counts as if nothing had been read. */
export function attempt<T>(parser: Parser<T>): Parser<T> {
  return (input, position) => {
    const reply = parser(input, position);
    return reply.ok ? reply : { ...reply, consumed: false };
  };
}

export function lookAhead<T>(parser: Parser<T>): Parser<T> {
  return (input, position) => {
    const reply = parser(input, position);
    return reply.ok ? { ...reply, consumed: false, position, error: noFailure(position) } : reply;
  };
}

export function notFollowedBy(parser: Parser<string>): Parser<undefined> {
  return (input, position) => {
    const reply = parser(input, position);
    if (!reply.ok) return { ok: true, consumed: false, value: undefined, position, error: noFailure(position) };
    return { ok: false, consumed: false, error: failure(position, "unexpected", `'${reply.value}'`) };
  };
}

export const endOfInput: Parser<undefined> = label(notFollowedBy(anyChar), "end of input");

export function many<T>(parser: Parser<T>): Parser<T[]> {
  return (input, start) => {
    const values: T[] = [];
    let position = start;
    for (;;) {
      const reply = parser(input, position);
      if (!reply.ok) {
        if (reply.consumed) return reply;
        return { ok: true, consumed: values.length > 0, value: values, position, error: reply.error };
      }
      // A parser that reads nothing would be repeated for ever.
      if (!reply.consumed)
        return { ok: true, consumed: values.length > 0, value: values, position, error: reply.error };
      values.push(reply.value);
      position = reply.position;
    }
  };
}

export function many1<T>(parser: Parser<T>): Parser<T[]> {
  return chain(parser, (first) => map(many(parser), (rest) => [first, ...rest]));
}

export function separatedBy1<T>(parser: Parser<T>, separator: Parser<unknown>): Parser<T[]> {
  return chain(parser, (first) => map(many(after(separator, parser)), (rest) => [first, ...rest]));
}

export function separatedBy<T>(parser: Parser<T>, separator: Parser<unknown>): Parser<T[]> {
  return or(separatedBy1(parser, separator), succeed([]));
}

export function between<T>(open: Parser<unknown>, close: Parser<unknown>, parser: Parser<T>): Parser<T> {
  return after(open, followedBy(parser, close));
}

export function optional<T>(parser: Parser<T>): Parser<T | undefined> {
  return or(parser, succeed(undefined));
}

export type ParseResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly position: string; readonly details: string };

/** Parses the beginning of `text`; what is left over is no error unless the grammar asks for the end. */
export function parse<T>(parser: Parser<T>, text: string): ParseResult<T> {
  const characters = Array.from(text);
  const reply = parser(characters, 0);
  if (reply.ok) return { ok: true, value: reply.value };
  return {
    ok: false,
    position: describePosition(characters, reply.error.position),
    details: describeFailure(reply.error),
  };
}
