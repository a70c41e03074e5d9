import ts from "typescript";

/** Which declarations an entry exports, as `file › name`, whatever files they pass through; base classes count as well. */
export function exportedDeclarations(program: ts.Program, entry: string, idOf: (path: string) => string): Set<string> {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  const found = new Set<string>();
  const add = (symbol: ts.Symbol): void => {
    for (const declaration of symbol.declarations ?? []) {
      found.add(`${idOf(declaration.getSourceFile().fileName)} › ${symbol.name}`);
      if (!ts.isClassDeclaration(declaration)) continue;
      const type = checker.getDeclaredTypeOfSymbol(symbol);
      for (const base of type.isClassOrInterface() ? checker.getBaseTypes(type) : []) add(base.symbol);
    }
  };
  for (const symbol of module === undefined ? [] : checker.getExportsOfModule(module))
    add(symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);
  return found;
}
