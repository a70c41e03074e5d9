import ts from "typescript";

/** Which declarations an entry exports, as `file › name`, whatever files they pass through. */
export function exportedDeclarations(program: ts.Program, entry: string, idOf: (path: string) => string): Set<string> {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  const found = new Set<string>();
  for (const symbol of module === undefined ? [] : checker.getExportsOfModule(module)) {
    const original = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    for (const declaration of original.declarations ?? [])
      found.add(`${idOf(declaration.getSourceFile().fileName)} › ${original.name}`);
  }
  return found;
}
