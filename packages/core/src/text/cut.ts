/** At most so many characters of a text, none of them half of one; what was cut shows as an ellipsis. */
export function cut(text: string, longest: number): string {
  // A character takes two units at most, so that no more has to be split.
  const characters = [...text.slice(0, 2 * longest + 2)];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join("")}…`;
}
