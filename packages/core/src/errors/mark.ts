// `instanceof` fails when an app and a plugin each bring a copy of this package; registered symbols are shared.
const markOf = (className: string): symbol => Symbol.for(`flowith-webapi.error.${className}`);

export function mark(error: object, className: string): void {
  Object.defineProperty(error, markOf(className), { value: true });
}

export function hasMark(value: unknown, className: string): boolean {
  return typeof value === "object" && value !== null && markOf(className) in value;
}
