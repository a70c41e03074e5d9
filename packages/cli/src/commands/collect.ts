/** For an option that may be given several times. (One that takes several values at once would swallow the prompt.) */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
