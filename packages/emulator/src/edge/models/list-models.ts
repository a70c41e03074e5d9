import { json } from "../../http/answers.ts";
import { catalogue } from "./catalogue.ts";

/** `GET /models?logo=1&desc=1`: the catalogue, keyed by id; logo and description only when asked for. */
export function listModels(query: URLSearchParams): Response {
  const wants = (name: string): boolean => query.get(name) === "1" || query.get(name) === "true";
  const entries = Object.entries(catalogue).map(([id, { logo, description, ...rest }]) => [
    id,
    { ...rest, ...(wants("logo") ? { logo } : {}), ...(wants("desc") ? { description } : {}) },
  ]);
  return json(Object.fromEntries(entries));
}
