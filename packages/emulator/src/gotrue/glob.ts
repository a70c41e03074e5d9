const separators = "./";

/**
 * The globs of redirect allow-lists: `*` and `?` stop at a dot or a slash, `**` does not;
 * `[abc]`, `[!abc]` and `{one,two}` as in a shell.
 */
export function globToPattern(glob: string): RegExp {
  let pattern = "";
  let depth = 0;
  for (let at = 0; at < glob.length; at++) {
    const character = glob.charAt(at);
    if (character === "*" && glob.charAt(at + 1) === "*") {
      pattern += ".*";
      at++;
    } else if (character === "*") pattern += `[^${separators}]*`;
    else if (character === "?") pattern += `[^${separators}]`;
    else if (character === "{") {
      pattern += "(?:";
      depth++;
    } else if (character === "}" && depth > 0) {
      pattern += ")";
      depth--;
    } else if (character === "," && depth > 0) pattern += "|";
    else if (character === "[" && glob.indexOf("]", at) > at + 1) {
      const end = glob.indexOf("]", at);
      const members = glob.slice(at + 1, end).replace(/[\\^\]]/g, "\\$&");
      pattern += `[${members.startsWith("!") ? `^${members.slice(1)}` : members}]`;
      at = end;
    } else pattern += character.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  }
  return new RegExp(`^${pattern}${")".repeat(depth)}$`, "s");
}
