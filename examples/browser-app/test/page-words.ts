import type { Tab } from "./driver.ts";

/** Expressions that look at the page as its reader does. */
export const LOG = `document.querySelector("[role=log]")`;
export const IS_DONE = `${LOG}?.ariaBusy === "false"`;

export const shows = (words: string) => `document.body.innerText.includes(${JSON.stringify(words)})`;
export const logShows = (words: string) => `${LOG}?.innerText.includes(${JSON.stringify(words)})`;

/** Asks in the chat or on the canvas. */
export async function ask(tab: Tab, words: string): Promise<void> {
  await tab.type("Message", words);
  await tab.press("Enter");
}

/** Asks, and waits for the end of the answer. */
export async function askAndWait(tab: Tab, words: string, answer: string): Promise<void> {
  await ask(tab, words);
  await tab.until(`${logShows(answer)} && ${IS_DONE}`);
}

/** What the answers and prompts say, in order. */
export function turns(tab: Tab): Promise<unknown> {
  return tab.evaluate(
    `[...${LOG}.querySelectorAll(".bubble > p, .answer > .markdown")].map((e) => e.innerText.trim())`,
  );
}
