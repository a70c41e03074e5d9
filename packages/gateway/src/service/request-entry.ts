/** What became of one request. No prompt, no answer, no query and nothing secret is in it. */
export interface RequestEntry {
  /** When it came, as ISO 8601. */
  time: string;
  requestId: string;
  method: string;
  /** The route as it is registered, such as `/v1/models/:id{.+}`; `unknown` where there is none. */
  route: string;
  /** Of the answer, where what fails within a stream comes after it; 499 for a client that left before it had begun. */
  status: number;
  /** From its head to the end of its answer, in ms. */
  durationMs: number;
  /**
   * `sent`: the whole answer, an error too. `failed`: a stream that had begun, and ended with an error. `left`: the client went
   * away. `broken`: the answer ended before its end.
   */
  outcome: "sent" | "failed" | "left" | "broken";
  /** `key:` and the id of an operator's key, or `own:` and the beginning of a hash; absent where nobody is signed in. */
  caller?: string | undefined;
  /** The code of an error. */
  code?: string | undefined;
  /** What an operator has to mend, such as a file of keys that is broken, and no client is told. */
  reason?: string | undefined;
}
