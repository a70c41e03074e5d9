/** RFC 4180: fields in quotes may hold commas, line ends and doubled quotes. `undefined` when a quote is not closed. */
export function parseCsv(text: string): string[][] | undefined {
  const rows: string[][] = [];
  let row: string[] = [];
  let position = 0;
  while (position < text.length) {
    if (text[position] === '"') {
      const closed = /"((?:[^"]|"")*)"/y;
      closed.lastIndex = position;
      const match = closed.exec(text);
      if (match === null) return undefined;
      row.push((match[1] ?? "").replaceAll('""', '"'));
      position = closed.lastIndex;
    } else {
      const bare = /[^,\r\n]*/y;
      bare.lastIndex = position;
      row.push(bare.exec(text)?.[0] ?? "");
      position = bare.lastIndex;
    }
    if (text[position] === ",") {
      position += 1;
      // A comma at the very end still opens one more field.
      if (position === text.length) row.push("");
      continue;
    }
    if (text.startsWith("\r\n", position)) position += 2;
    else if (position < text.length) position += 1;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows.filter((fields) => fields.length > 1 || fields[0] !== "");
}
