/** What a tool has to say to a model in place of a result. */
export class McpToolError extends Error {
  override name = "McpToolError";
  /** A short word for programs. */
  readonly code: string;
  /** What to do about it. */
  readonly advice: string;

  constructor(code: string, message: string, advice: string) {
    super(message);
    this.code = code;
    this.advice = advice;
  }
}
