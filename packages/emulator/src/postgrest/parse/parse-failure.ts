/** What a parser met and what it would have taken, at the furthest position it reached. */
export interface Failure {
  readonly position: number;
  readonly messages: readonly Message[];
}

type MessageKind = "found" | "unexpected" | "expected";

interface Message {
  readonly kind: MessageKind;
  readonly text: string;
}

const rank: Record<MessageKind, number> = { found: 0, unexpected: 1, expected: 2 };

export function noFailure(position: number): Failure {
  return { position, messages: [] };
}

export function failure(position: number, kind: MessageKind, text: string): Failure {
  return { position, messages: [{ kind, text }] };
}

/** Replaces what was expected: the label of a parser hides the expectations inside it. */
export function withExpectation(error: Failure, text: string): Failure {
  const others = error.messages.filter((message) => message.kind !== "expected");
  return { position: error.position, messages: [{ kind: "expected", text }, ...others] };
}

/** The failure that reached further wins; at the same position both speak. */
export function mergeFailures(first: Failure, second: Failure): Failure {
  if (second.messages.length === 0 && first.messages.length > 0) return first;
  if (first.messages.length === 0 && second.messages.length > 0) return second;
  if (first.position > second.position) return first;
  if (first.position < second.position) return second;
  return { position: first.position, messages: [...first.messages, ...second.messages] };
}

function enumerate(texts: readonly string[]): string {
  const distinct = [...new Set(texts.filter((text) => text !== ""))];
  const last = distinct.pop() ?? "";
  return distinct.length === 0 ? last : `${distinct.join(", ")} or ${last}`;
}

/** "unexpected "u" expecting operator (eq, gt, ...)": PostgREST sends this text as `details`. */
export function describeFailure(error: Failure): string {
  if (error.messages.length === 0) return "unknown parse error";
  const messages = [...error.messages].sort((a, b) => rank[a.kind] - rank[b.kind]);
  const of = (kind: MessageKind): string[] => messages.filter((m) => m.kind === kind).map((m) => m.text);
  const found = of("found");
  const unexpected = enumerate(of("unexpected"));
  const expected = enumerate(of("expected"));
  const lines: string[] = [];
  if (unexpected !== "") lines.push(`unexpected ${unexpected}`);
  else if (found[0] !== undefined) lines.push(`unexpected ${found[0] === "" ? "end of input" : found[0]}`);
  if (expected !== "") lines.push(`expecting ${expected}`);
  return lines.join(" ");
}

/** "(line 1, column 4)", tab stops of eight columns. */
export function describePosition(characters: readonly string[], position: number): string {
  let line = 1;
  let column = 1;
  for (const character of characters.slice(0, position)) {
    if (character === "\n") {
      line += 1;
      column = 1;
    } else if (character === "\t") {
      column += 8 - ((column - 1) % 8);
    } else {
      column += 1;
    }
  }
  return `(line ${line}, column ${column})`;
}
