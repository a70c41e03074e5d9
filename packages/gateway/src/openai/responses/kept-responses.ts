import { KeptAnswers } from "../../kept-answers.ts";
import type { InputItem } from "./input-schema.ts";
import type { OutputItem, ResponseBody } from "./response-body.ts";

/** A response, and all items that led to it, as those of a next one begin. */
export interface KeptResponse {
  body: ResponseBody;
  items: readonly InputItem[];
}

/** The responses that were used last, and which of them has an item. */
export class KeptResponses {
  readonly #responses: KeptAnswers<KeptResponse>;
  /** Ids of responses, by an item's id and its account. */
  readonly #ofItems = new Map<string, string>();

  constructor(most: number) {
    this.#responses = new KeptAnswers(most, (account, { body }) => {
      for (const { id } of body.output) this.#ofItems.delete(itemKey(account, id));
    });
  }

  get isOn(): boolean {
    return this.#responses.isOn;
  }

  put(account: string, response: KeptResponse): void {
    const { id, output } = response.body;
    if (!this.#responses.put(account, id, response)) return;
    for (const item of output) this.#ofItems.set(itemKey(account, item.id), id);
  }

  get(account: string, id: string): KeptResponse | undefined {
    return this.#responses.get(account, id);
  }

  item(account: string, id: string): OutputItem | undefined {
    const response = this.#responses.get(account, this.#ofItems.get(itemKey(account, id)) ?? "");
    return response?.body.output.find((item) => item.id === id);
  }

  /** Whether it was there. */
  delete(account: string, id: string): boolean {
    return this.#responses.delete(account, id);
  }
}

function itemKey(account: string, id: string): string {
  return `${id} ${account}`;
}
