import * as v from "valibot";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { filledText, flag, jsonFields, positive } from "../options/option-values.ts";
import type { CallOptions } from "../options/options.ts";
import { checkPrompt } from "../options/options-check.ts";
import { excerpt } from "../text/excerpt.ts";

/** What all media of the developer API take. */
export interface DeveloperMediaOptions extends CallOptions {
  model?: string | undefined;
  /** Merged into the body of the post, over what this SDK puts there. What is undefined is left out. */
  extraBody?: Record<string, unknown> | undefined;
}

/** How a picture is made. */
export interface DeveloperImageOptions extends DeveloperMediaOptions {
  /** Such as `16:9`. Default: the service's. */
  aspectRatio?: string | undefined;
  /** Pictures to work from, by URLs that the service can open. */
  imageUrls?: readonly string[] | undefined;
}

/** How a clip is made. */
export interface DeveloperVideoOptions extends DeveloperMediaOptions {
  /** The first picture, by a URL that the service can open. */
  imageUrl?: string | undefined;
  durationSeconds?: number | undefined;
  /** Whether it has sound. Default: the service's. */
  audio?: boolean | undefined;
}

/** How a piece of music is made. */
export interface DeveloperMusicOptions extends DeveloperMediaOptions {
  /** 10 to 3,000 characters, with marks such as `[Verse]`, `[Chorus]` and `[Instrumental]`. */
  lyrics?: string | undefined;
}

const httpUrl: v.GenericSchema<unknown, string> = v.custom<string>(isHttpUrl, "Expected an http or https URL");

export function isHttpUrl(value: unknown): boolean {
  return typeof value === "string" && URL.canParse(value) && /^https?:/i.test(value);
}

const shared: v.ObjectEntries = { model: v.optional(filledText), extraBody: v.optional(jsonFields) };

export const imageEntries: v.ObjectEntries = {
  ...shared,
  aspectRatio: v.optional(filledText),
  imageUrls: v.optional(v.array(httpUrl)),
};

export const videoEntries: v.ObjectEntries = {
  ...shared,
  imageUrl: v.optional(httpUrl),
  durationSeconds: v.optional(positive),
  audio: v.optional(flag),
};

export const musicEntries: v.ObjectEntries = {
  ...shared,
  lyrics: v.optional(
    v.pipe(
      filledText,
      v.check(
        (value) => isOfLength(value, 10, 3_000),
        ({ input }) => `Expected 10 to 3000 characters, not ${lengthOf(input)}`,
      ),
    ),
  ),
};

export const modelEntries: v.ObjectEntries = shared;

/** The service refuses others, and a refusal may be billed. @throws InvalidArgumentError */
export function checkMusicPrompt(label: string, prompt: unknown): void {
  checkPrompt(label, prompt);
  const text = String(prompt);
  if (isOfLength(text, 10, 300)) return;
  throw new InvalidArgumentError(`${label}: the prompt has to have 10 to 300 characters, not ${lengthOf(text)}.`);
}

/** @throws InvalidArgumentError */
export function checkImageUrl(label: string, url: unknown): void {
  if (v.is(httpUrl, url)) return;
  const shown = typeof url === "string" ? `, not "${excerpt(url)}"` : "";
  throw new InvalidArgumentError(`${label}: imageUrl must be an http or https URL that the service can open${shown}.`);
}

function isOfLength(text: string, least: number, most: number): boolean {
  const length = lengthOf(text);
  return length >= least && length <= most;
}

/** As a user counts them, and a service that is written in Python. */
function lengthOf(text: string): number {
  return [...text].length;
}
