export interface RoutePattern {
  matches(method: string, path: string): boolean;
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The method, where there is one, and the path. */
export function partsOf(pattern: string): { method: string | undefined; path: string } {
  const parts = pattern.trim().split(/\s+/);
  return { method: parts.length > 1 ? parts[0]?.toUpperCase() : undefined, path: parts.at(-1) ?? "*" };
}

/** `POST /completion/async`, `/user_stream/*`, `*`. A pattern without a method leaves CORS preflights alone. */
export function routePattern(pattern: string): RoutePattern {
  const { method: wanted, path } = partsOf(pattern);
  const expression = new RegExp(`^${path.split("*").map(quoted).join(".*")}$`);
  return {
    matches(method, requestPath) {
      if (wanted === undefined ? method === "OPTIONS" : wanted !== method) return false;
      return path === "*" || expression.test(requestPath);
    },
  };
}
