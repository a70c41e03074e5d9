import { InvalidArgumentError } from "commander";
import { isOrigin } from "../options-check.ts";

export function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError("A port is a number from 0 to 65535.");
}

/** An empty host would be every address, and an empty path the working folder. */
export function nonEmpty(text: string): string {
  if (text !== "") return text;
  throw new InvalidArgumentError("It is empty.");
}

export function count(text: string): number {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new InvalidArgumentError("It is no whole number from 0 on.");
}

/** @returns ms */
export function seconds(text: string): number {
  const value = Number(text);
  // Longer than the longest timer there is would be none at all.
  if (/^\d+(\.\d+)?$/.test(text) && value <= 2_000_000) return Math.round(value * 1000);
  throw new InvalidArgumentError("It is no number of seconds from 0 to 2000000.");
}

export function variableName(text: string): string {
  if (/^[A-Za-z_]\w*$/.test(text)) return text;
  throw new InvalidArgumentError("It is no name of a variable. The API key itself belongs into the environment.");
}

/** For a flag that may be given several times. */
export function origins(text: string, earlier: string[] = []): string[] {
  if (text === "*" || isOrigin(text)) return [...earlier, text];
  throw new InvalidArgumentError("An origin is a scheme, a name and perhaps a port: https://app.test:8443.");
}

/** Pages that are let through are always named. */
export function namedOrigins(text: string, earlier: string[] = []): string[] {
  if (text !== "*") return origins(text, earlier);
  throw new InvalidArgumentError("Each origin is named here: https://app.test:8443. There is no * for all.");
}

/** Names are told from ids by the last `=`, which no id has. */
export function mapping(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, name, modelId] = /^([^*]+\*?|\*)=([^=]+)$/.exec(text) ?? [];
  if (name !== undefined && modelId !== undefined) return { ...before, [name]: modelId };
  throw new InvalidArgumentError("It is a name, or a beginning with * at its end, then = and a model's id.");
}
