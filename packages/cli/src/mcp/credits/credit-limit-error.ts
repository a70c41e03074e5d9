/** The server's own limit keeps a job from being posted. */
export class CreditLimitError extends Error {
  override name = "CreditLimitError";
  /** What to do about it. */
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }
}
