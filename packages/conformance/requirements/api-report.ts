import { readFileSync } from "node:fs";
import ts from "typescript";

type Declaration = ts.ClassDeclaration | ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

/** The reports of what users of the SDK get, as `pnpm api` writes them. */
const REPORTS = ["packages/core/api/core.api.md", "packages/sdk/api/sdk.api.md"];

/** What the API reports say is there, by name. */
export class ApiReport {
  readonly #declarations = new Map<string, Declaration>();
  readonly #names = new Set<string>();

  constructor(root: URL) {
    for (const path of REPORTS) {
      const report = readFileSync(new URL(path, root), "utf8");
      const code = report.match(/```ts\n([\s\S]*?)\n```/)?.[1] ?? "";
      for (const statement of ts.createSourceFile("report.ts", code, ts.ScriptTarget.Latest).statements) {
        if (!ts.canHaveModifiers(statement) || !isExported(statement)) continue;
        if (ts.isVariableStatement(statement))
          for (const { name } of statement.declarationList.declarations)
            if (ts.isIdentifier(name)) this.#names.add(name.text);
        if (ts.isFunctionDeclaration(statement) && statement.name) this.#names.add(statement.name.text);
        if (
          (ts.isClassDeclaration(statement) ||
            ts.isInterfaceDeclaration(statement) ||
            ts.isTypeAliasDeclaration(statement)) &&
          statement.name
        ) {
          this.#names.add(statement.name.text);
          this.#declarations.set(statement.name.text, statement);
        }
      }
    }
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** A member of a class, an interface, or of what they extend. */
  member(type: string, name: string): ts.ClassElement | ts.TypeElement | undefined {
    const declaration = this.#declarations.get(type);
    if (declaration === undefined) return undefined;
    if (ts.isTypeAliasDeclaration(declaration)) {
      // `Omit<X, …>` and plain other names.
      const { type: of } = declaration;
      if (!ts.isTypeReferenceNode(of)) return undefined;
      const inner = of.typeArguments?.[0];
      return this.member(
        inner !== undefined && ts.isTypeReferenceNode(inner) ? nameOf(inner.typeName) : nameOf(of.typeName),
        name,
      );
    }
    const own = [...declaration.members].find(
      (member) => member.name !== undefined && ts.isIdentifier(member.name) && member.name.text === name,
    );
    if (own !== undefined) return own;
    for (const { expression } of declaration.heritageClauses?.flatMap(({ types }) => [...types]) ?? []) {
      const inherited = ts.isIdentifier(expression) ? this.member(expression.text, name) : undefined;
      if (inherited !== undefined) return inherited;
    }
    return undefined;
  }

  /** The type of a property, where it has a name. */
  typeOf(type: string, property: string): string | undefined {
    const member = this.member(type, property);
    const found =
      member !== undefined && (ts.isPropertyDeclaration(member) || ts.isPropertySignature(member))
        ? member.type
        : undefined;
    return found !== undefined && ts.isTypeReferenceNode(found) ? nameOf(found.typeName) : undefined;
  }

  /** The names of a method's parameters, or of those of a property that is a function. */
  parametersOf(type: string, method: string): string[] | undefined {
    const member = this.member(type, method);
    if (member === undefined) return undefined;
    if (ts.isMethodDeclaration(member) || ts.isMethodSignature(member)) return names(member.parameters);
    if (!ts.isPropertySignature(member) || member.type === undefined) return undefined;
    const { type: of } = member;
    if (ts.isFunctionTypeNode(of)) return names(of.parameters);
    // `save: GeneratedMedia["save"]`
    if (!ts.isIndexedAccessTypeNode(of) || !ts.isTypeReferenceNode(of.objectType)) return undefined;
    return this.parametersOf(nameOf(of.objectType.typeName), method);
  }
}

function names(parameters: ts.NodeArray<ts.ParameterDeclaration>): string[] {
  return parameters.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
}

function nameOf(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : name.right.text;
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false)
  );
}
