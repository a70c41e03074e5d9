import { posix } from "node:path";
import { anchors, headings, localLinks } from "./markdown.ts";
import { pathsAndFolders, type SourceTree } from "./source-tree.ts";

/** A place that cites, names or links something in the repository. */
export interface Citation {
  file: string;
  line: number;
  /** As it is cited: a section of the wire document, a decision, a path of code, or a link's target. */
  what: string;
  isBroken: boolean;
}

/** How one kind of citation is found in a text, and whether it leads somewhere. */
interface Rule {
  appliesTo: RegExp;
  find(file: string, text: string): Omit<Citation, "file">[];
}

const WIRE_PAGE = "packages/docs/wire.md";
const DECISIONS = "packages/docs/decisions";

const PAGES = /^(README\.md|CONTRIBUTING\.md|(packages|examples)\/[^/]+\/README\.md|packages\/docs\/.*\.md)$/;
const SOURCES = /^(packages|examples|scripts)\/.*\.(ts|js|mjs|cjs|md|sql|py)$/;
const SOURCES_AND_PAGES = new RegExp(`${SOURCES.source}|${PAGES.source}`);

// Comments wrap: between the words there may be a line's end and the next line's comment mark.
const GAP = String.raw`(?:[ \t]|\r?\n[ \t]*(?:\*|//|#|--)?)+`;
const NUMBER = String.raw`\d+(?:\.\d+)*`;
const SECTIONS = new RegExp(String.raw`\bwire${GAP}(${NUMBER}(?:(?:,|${GAP}and|${GAP}to)${GAP}${NUMBER})*)`, "gi");
const DECISION = /\bdecisions\/([\w-]+\.md)/g;
const CODE_PATH = /`((?:packages|examples|scripts)\/[^`\s*{}<>]+)`/g;

/**
 * Everything that cites a section of the wire document or a decision by their written forms, the paths of code that the
 * documentation names, and the links between the Markdown pages. A file's whole text is searched, not its comments alone: what
 * the words of an error cite must lead somewhere too.
 */
export function citations(tree: SourceTree): Citation[] {
  const rules = rulesOf(tree);
  return tree.paths.flatMap((file) => {
    const matching = rules.filter(({ appliesTo }) => appliesTo.test(file));
    const text = matching.length > 0 ? tree.read(file) : "";
    return matching.flatMap(({ find }) => find(file, text).map((found) => ({ file, ...found })));
  });
}

function rulesOf(tree: SourceTree): Rule[] {
  const known = pathsAndFolders(tree);
  const sections = known.has(WIRE_PAGE) ? sectionNumbers(tree.read(WIRE_PAGE)) : new Set<string>();
  return [
    {
      appliesTo: SOURCES_AND_PAGES,
      find: (_file, text) =>
        [...text.matchAll(SECTIONS)].flatMap(({ index, 1: list = "" }) =>
          (list.match(new RegExp(NUMBER, "g")) ?? []).map((section) => ({
            line: lineAt(text, index),
            what: `wire ${section}`,
            isBroken: !sections.has(section),
          })),
        ),
    },
    {
      appliesTo: SOURCES_AND_PAGES,
      find: (_file, text) =>
        [...text.matchAll(DECISION)].map(({ index, 0: what, 1: page }) => ({
          line: lineAt(text, index),
          what,
          isBroken: !known.has(`${DECISIONS}/${page}`),
        })),
    },
    {
      appliesTo: /^packages\/docs\/.*\.md$/,
      find: (_file, text) =>
        [...text.matchAll(CODE_PATH)].map(({ index, 1: path = "" }) => ({
          line: lineAt(text, index),
          what: path,
          isBroken: !known.has(path.replace(/\/$/, "")),
        })),
    },
    {
      appliesTo: PAGES,
      find: (file, text) =>
        localLinks(text).map(({ target, line }) => ({
          line,
          what: target,
          isBroken: !leadsSomewhere(tree, known, file, target),
        })),
    },
  ];
}

/** The numbers that headings begin with. */
function sectionNumbers(markdown: string): Set<string> {
  return new Set(headings(markdown).flatMap((heading) => /^(\d+(?:\.\d+)*)\.?\s/.exec(heading)?.[1] ?? []));
}

function leadsSomewhere(tree: SourceTree, known: ReadonlySet<string>, from: string, target: string): boolean {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? from : posix.join(posix.dirname(from), decodeURI(path)).replace(/\/$/, "");
  if (!known.has(file)) return false;
  return anchor === undefined || (tree.paths.includes(file) && anchors(tree.read(file)).has(decodeURI(anchor)));
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
