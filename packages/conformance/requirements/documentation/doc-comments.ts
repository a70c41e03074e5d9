import { globSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import ts from "typescript";

/** An export, or a public member of an exported class or interface. */
export interface Documented {
  /** `packages/core/src/client/client.ts › FlowithClient.generate`. */
  id: string;
  kind: "class" | "method" | "function" | "value" | "type" | "signature" | "property";
  hasComment: boolean;
  /** What it overrides says it all. */
  isOverride: boolean;
  /** The code of each `@example`. */
  examples: string[];
}

/** The documentation of all sources of a package, whether or not its entries export them. */
export function docComments(root: string, packageName: string): Documented[] {
  return globSync(`${root}/packages/${packageName}/src/**/*.ts`)
    .filter((path) => !path.endsWith(".test.ts") && !path.includes("/testing/"))
    .sort()
    .flatMap((path) => {
      const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
      return source.statements.flatMap((statement) => documentedIn(statement, relative(root, path)));
    });
}

function documentedIn(statement: ts.Statement, file: string): Documented[] {
  const entry = (node: ts.Node, name: string, kind: Documented["kind"]): Documented => ({
    id: `${file} › ${name}`,
    kind,
    isOverride: ts.canHaveModifiers(node) && hasModifier(node, ts.SyntaxKind.OverrideKeyword),
    hasComment: ts.getJSDocCommentsAndTags(node).some((comment) => ts.isJSDoc(comment) && hasText(comment)),
    examples: ts
      .getJSDocTags(node)
      .filter(({ tagName }) => tagName.text === "example")
      .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? ""),
  });
  if (!ts.canHaveModifiers(statement) || !hasModifier(statement, ts.SyntaxKind.ExportKeyword)) return [];
  if (ts.isFunctionDeclaration(statement) && statement.name) return [entry(statement, statement.name.text, "function")];
  if (ts.isTypeAliasDeclaration(statement)) return [entry(statement, statement.name.text, "type")];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => entry(statement, name.getText(), "value"));
  if (!(ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement)) || statement.name === undefined)
    return [];
  const of = statement.name.text;
  const kind = ts.isClassDeclaration(statement) ? "class" : "type";
  const members = [...statement.members].flatMap((member) => {
    if (member.name === undefined || ts.isPrivateIdentifier(member.name)) return [];
    const name = `${of}.${member.name.getText()}`;
    if (ts.isMethodDeclaration(member)) return [entry(member, name, "method")];
    return [entry(member, name, ts.isMethodSignature(member) ? "signature" : "property")];
  });
  return [entry(statement, of, kind), ...members];
}

/** A comment says something, be it only in a tag. */
function hasText({ comment, tags }: ts.JSDoc): boolean {
  return (comment !== undefined && comment !== "") || (tags?.length ?? 0) > 0;
}

function hasModifier(node: ts.HasModifiers, modifier: ts.SyntaxKind): boolean {
  return ts.getModifiers(node)?.some(({ kind }) => kind === modifier) ?? false;
}
