/** By its shape: under Jest, the errors of Node's own modules are of another realm and no instance of `Error`. */
export function hasCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
