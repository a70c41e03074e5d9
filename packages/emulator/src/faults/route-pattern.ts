export interface RoutePattern {
  matches(method: string, path: string): boolean;
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** `POST /completion/async`, `/user_stream/*`, `*`. A pattern without a method leaves CORS preflights alone. */
export function routePattern(pattern: string): RoutePattern {
  const parts = pattern.trim().split(/\s+/);
  const path = parts.at(-1) ?? "*";
  const wanted = parts.length > 1 ? parts[0]?.toUpperCase() : undefined;
  const expression = new RegExp(`^${path.split("*").map(quoted).join(".*")}$`);
  return {
    matches(method, requestPath) {
      if (wanted === undefined ? method === "OPTIONS" : wanted !== method) return false;
      return path === "*" || expression.test(requestPath);
    },
  };
}
