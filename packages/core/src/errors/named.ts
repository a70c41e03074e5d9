/** Where a class keeps its name: on its prototype, so that a subclass without a name of its own has that of its base. */
const NAME = Symbol("name");

/**
 * Gives a class of errors its name, its mark and its `is`. The name is a text, since bundlers rename classes. The mark is
 * a registered symbol, since `instanceof` fails when an app and a plugin each bring a copy of this package. It lies on the
 * prototype: an error inherits the marks of all classes that it belongs to.
 */
export function named(errorClass: abstract new (...args: never[]) => object, name: string): void {
  const mark = Symbol.for(`flowith-webapi.error.${name}`);
  Object.defineProperties(errorClass.prototype, { [NAME]: { value: name }, [mark]: { value: true } });
  // One function a class, so that it also works without its class, as in `errors.filter(TimeoutError.is)`.
  const is = function (this: unknown, value: unknown): boolean {
    // An app's own subclass inherits this function, but has no mark.
    if (typeof this === "function" && this !== errorClass) return value instanceof this;
    return typeof value === "object" && value !== null && mark in value;
  };
  Object.defineProperty(errorClass, "is", { value: is, configurable: true, writable: true });
}

export function nameOf(error: object): string {
  return Reflect.get(error, NAME);
}
