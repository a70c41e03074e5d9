import { isRecord, textOf } from "../wire/parse.ts";
import type { RawRecord } from "../wire/records.ts";
import { ChoiceReader } from "./chat-choice.ts";
import type { OfferedTools } from "./offered-tools.ts";

/** One answer of several, and where it stands. */
export interface PlacedChoice<Name extends string> {
  index: number;
  /** Where several models were asked: by which one. */
  model: string | undefined;
  reader: ChoiceReader<Name>;
}

/** What tells the answers of a chat apart. */
export interface ChoicesAsked<Name extends string> {
  /** How many each model is asked for. */
  choiceCount: number;
  /** Several models may all answer at the index 0. With one model, another name for it is no other answer. */
  hasSeveralModels: boolean;
  tools: OfferedTools<Name>;
}

/** The answers of a chat beside one another. */
export class ChatChoices<Name extends string> {
  readonly #asked: ChoicesAsked<Name>;
  readonly #all: PlacedChoice<Name>[] = [];
  #first: PlacedChoice<Name> | undefined;

  constructor(asked: ChoicesAsked<Name>) {
    this.#asked = asked;
  }

  /** The first one before the others, which are by their index. */
  get all(): PlacedChoice<Name>[] {
    const { first } = this;
    return first === undefined ? [] : [first, ...this.#sorted.filter((one) => one !== first)];
  }

  /** The one whose pieces are given out: as long as several are to come it is that at the index 0, if any is there. */
  get first(): PlacedChoice<Name> | undefined {
    return this.#first ?? this.#sorted[0];
  }

  /** Whether pieces of the first one are given out as they come, or it may be another one in the end. */
  get isFirstSure(): boolean {
    return this.#first !== undefined;
  }

  /** The choices of an event, each with the one that it goes on with. */
  place(event: RawRecord): { choice: RawRecord; placed: PlacedChoice<Name> }[] {
    const given = (Array.isArray(event.choices) ? event.choices : []).filter(isRecord).map((choice, place) => ({
      choice,
      index: typeof choice.index === "number" ? choice.index : place,
      model: this.#asked.hasSeveralModels ? (textOf(choice.model) ?? textOf(event.model)) : undefined,
    }));
    const places = new Set(given.map(({ index, model }) => JSON.stringify([index, model])));
    const isTwice = places.size < given.length;
    const found = given.map(({ choice, index, model }, place) => ({
      choice,
      placed: this.#at(isTwice ? place : index, model),
    }));
    const [lowest] = this.#sorted;
    if (this.#asked.choiceCount <= 1 || lowest?.index === 0) this.#first ??= lowest;
    return found;
  }

  get #sorted(): PlacedChoice<Name>[] {
    return [...this.#all].sort((one, other) => one.index - other.index);
  }

  #at(index: number, model: string | undefined): PlacedChoice<Name> {
    const isKnown = (one: PlacedChoice<Name>): boolean =>
      one.index === index && (model === undefined || one.model === undefined || one.model === model);
    const known = this.#all.findLast(isKnown);
    if (known !== undefined) {
      known.model ??= model;
      return known;
    }
    const begun = { index, model, reader: new ChoiceReader(this.#asked.tools) };
    this.#all.push(begun);
    return begun;
  }
}
