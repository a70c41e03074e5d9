import * as v from "valibot";
import type { EmulatorOptions, ListenOptions, SigningJwk } from "./emulator-options.ts";
import { checked } from "./option-error.ts";
import { settingEntries } from "./settings.ts";

/** A variable of a script that is not set arrives as this: as a folder it is the working one, as a key one that all know. */
const filled = v.pipe(v.string(), v.nonEmpty("It is empty"));

/** That it is a key is for the key to say. */
const signingKey = v.custom<SigningJwk>(
  (value) => typeof value === "object" && value !== null,
  "Expected a JSON Web Key",
);

const callable = v.custom<(error: unknown) => void>((value) => typeof value === "function", "Expected a function");

const service = {
  ...settingEntries,
  dataDir: v.optional(filled),
  schema: v.optional(v.string()),
  seed: v.optional(v.union([v.boolean(), v.string()])),
  signingKey: v.optional(signingKey),
  supabaseKey: v.optional(filled),
  // that a date of a token can hold
  tokenLifetimeSeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1e11))),
  allowedRedirects: v.optional(v.array(filled)),
  onError: v.optional(callable),
};

const place = {
  port: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535))),
  host: v.optional(filled),
  controlKey: v.optional(filled),
  controlOrigins: v.optional(
    v.array(
      v.pipe(v.string(), v.check(isOrigin, "An origin is a scheme, a name and perhaps a port: https://app.test:8443")),
    ),
  ),
};

/** Whether a text is what the header `Origin` can hold. */
export function isOrigin(text: string): boolean {
  return text === "null" || /^[a-z][a-z\d+.-]*:\/\/[^/?#\s]+$/i.test(text);
}

/** @throws EmulatorOptionError */
export function checkEmulatorOptions(options: EmulatorOptions): void {
  checked("createEmulator", v.strictObject(service), options);
}

/** @throws EmulatorOptionError */
export function checkStartOptions(options: EmulatorOptions & ListenOptions): void {
  checked("startEmulator", v.strictObject({ ...service, ...place }), options);
}
