/** Thrown by a check that has no verdict of its own: what it needs is not there. */
export class CannotTell extends Error {
  override name = "CannotTell";
  readonly advice: string | undefined;

  constructor(why: string, advice?: string) {
    super(why);
    this.advice = advice;
  }
}
