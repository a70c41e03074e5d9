import { InvalidArgumentError } from "flowith-webapi";

/** Finds the model that is meant by the name that a client sends. */
export class ModelNames {
  readonly #exact = new Map<string, string>();
  /** Beginnings, the longest first, since it says most. */
  readonly #beginnings: (readonly [beginning: string, modelId: string])[] = [];

  /** @throws InvalidArgumentError for a name with `*` elsewhere than at its end, and for what is empty */
  constructor(models: Readonly<Record<string, string>> = {}) {
    for (const [name, modelId] of Object.entries(models)) {
      const star = name.indexOf("*");
      if (name === "" || modelId === "" || (star !== -1 && star !== name.length - 1)) {
        const given = JSON.stringify({ [name]: modelId });
        throw new InvalidArgumentError(
          `models: ${given} is no name, or beginning with * at its end, and a model's id.`,
        );
      }
      if (star === -1) this.#exact.set(name, modelId);
      else this.#beginnings.push([name.slice(0, -1), modelId]);
    }
    this.#beginnings.sort(([one], [other]) => other.length - one.length);
  }

  /** A name that nobody has mapped is a model's id. */
  idOf(name: string): string {
    const [, modelId = name] = this.#beginnings.find(([beginning]) => name.startsWith(beginning)) ?? [];
    return this.#exact.get(name) ?? modelId;
  }
}
