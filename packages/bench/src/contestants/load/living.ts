/** Objects that were seen, for as long as somebody else holds them. */
export class Living<Kind extends object> {
  readonly #known = new WeakSet<Kind>();
  #references: WeakRef<Kind>[] = [];

  see(object: Kind): void {
    if (this.#known.has(object)) return;
    this.#known.add(object);
    this.#references.push(new WeakRef(object));
  }

  /** Those that are left. They live on until the end of this turn, so that memory is read before. */
  all(): Kind[] {
    this.#references = this.#references.filter((reference) => reference.deref() !== undefined);
    return this.#references.flatMap((reference) => reference.deref() ?? []);
  }
}
