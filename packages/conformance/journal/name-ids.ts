import { uuid } from "../requirements/journal/sent-request.ts";

/** What is another value in each run, by what it is. A secret is as the emulator's journal marks it. */
const kinds: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ["secret", /\[redacted [\da-f]{8}\]/g],
  ["email", /\buser-[\da-f]{8}@example\.com\b/g],
  ["challenge", /(?<="code_challenge":")[\w-]{43}(?=")/g],
  ["uuid", uuid],
];

/**
 * Texts with names in place of their ids: `<uuid 2>`. An id is named by where it stands, not by when it came, since requests
 * that are sent at the same time arrive in any order: ids of one kind are told apart by the texts that hold them, then by
 * what the other ids of those texts are, and so on. Those that nothing tells apart have one name.
 */
export function nameIds(texts: readonly string[]): string[] {
  const idsByKind = kinds.map(([, pattern]) => [...new Set(texts.flatMap((text) => text.match(pattern) ?? []))]);
  const holders = new Map(idsByKind.flat().map((id) => [id, texts.filter((text) => text.includes(id))]));
  let names = new Map<string, string>();
  for (let told = -1; told < new Set(names.values()).size; ) {
    told = new Set(names.values()).size;
    const before = names;
    names = new Map(
      kinds.flatMap(([kind], index) => {
        const ids = idsByKind[index] ?? [];
        const places = ids.map((id) => placesOf(id, holders.get(id) ?? [], before));
        const ranks = [...new Set(places)].sort();
        return ids.map((id, at): [string, string] => [id, `<${kind} ${ranks.indexOf(places[at] ?? "") + 1}>`]);
      }),
    );
  }
  return texts.map((text) => withNames(text, names));
}

function placesOf(id: string, texts: readonly string[], names: ReadonlyMap<string, string>): string {
  const marked = texts.map((text) => withNames(text.replaceAll(id, "<this>"), names));
  return marked.sort().join("\n");
}

function withNames(text: string, names: ReadonlyMap<string, string>): string {
  return kinds.reduce((all, [kind, pattern]) => all.replace(pattern, (id) => names.get(id) ?? `<${kind}>`), text);
}
