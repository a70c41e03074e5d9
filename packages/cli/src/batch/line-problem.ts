/** What is wrong with one line of the input. */
export class LineProblem extends Error {
  override name = "LineProblem";
}
