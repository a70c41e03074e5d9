import { OWN_SETTINGS } from "./settings-check.ts";

/**
 * What the client's messages name that users of the AI SDK do not have, and what they have in its place. A message that says
 * none of it stays as it is.
 */
const WORDS: readonly (readonly [said: string | RegExp, instead: string])[] = [
  [
    "No token was given. Pass token (and refreshToken) or sign in first.",
    "Nobody is signed in. Set FLOWITH_TOKEN and FLOWITH_REFRESH_TOKEN (of the web app's session) or FLOWITH_API_KEY (of the developer API) in the environment, as in FLOWITH_API_KEY=flo_… node main.mjs, or pass token and refreshToken, or apiKey, to createFlowith.",
  ],
  [/^(?:Flowith|FlowithDeveloper): /, "createFlowith: "],
  [/Pass the options to new \w+\(\)\./, "Pass token and refreshToken, or apiKey, to createFlowith."],
  [/Pass apiKey, or set FLOWITH_API_KEY for fromEnv\(\)\./, "Pass apiKey to createFlowith, or set FLOWITH_API_KEY."],
  [
    "wait for it with resume(error.handle) before",
    "wait for it with resume(error.data.handle) of a client of flowith-webapi before",
  ],
  ["Read error.partial, or", "Read error.data.partial, or"],
  ["error.raw is", "error.cause.raw is"],
  ['pass validate: "off" to send it', 'pass validate: "off" to createFlowith to send it'],
  ["maxTokens", "maxOutputTokens"],
  [/option "stop\b/, 'option "stopSequences'],
  ["raise maxBytes of uploadFile if yours takes more", "for more use uploadFile of flowith-webapi, which has maxBytes"],
];

/** The words of a client's error, as users of the AI SDK can act on them. */
export function wordsFor(message: string): string {
  const words = WORDS.reduce((text, [said, instead]) => text.replace(said, () => instead), message);
  if (!words.startsWith("createFlowith: ")) return words;
  return words.replace(/(Known options: )(.*)\.$/, (_, known: string, names: string) => {
    const others = names.split(", ").filter((name) => !OWN_SETTINGS.includes(name));
    return `${known}${[...OWN_SETTINGS, ...others].join(", ")}.`;
  });
}
