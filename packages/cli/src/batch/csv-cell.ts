type Converted = { value: unknown } | { problem: string };

const yes = new Set(["true", "yes", "1"]);
const no = new Set(["false", "no", "0"]);

function toBoolean(cell: string): Converted {
  const word = cell.trim().toLowerCase();
  if (yes.has(word)) return { value: true };
  return no.has(word) ? { value: false } : { problem: "Expected true or false" };
}

function toNumber(cell: string): Converted {
  const number = Number(cell);
  return cell.trim() !== "" && Number.isFinite(number) ? { value: number } : { problem: "Expected a number" };
}

function toJson(cell: string): Converted {
  try {
    return { value: JSON.parse(cell) };
  } catch {
    return { problem: "Expected JSON" };
  }
}

/** One picture is its path or address as it is, several are a list in JSON. */
function toList(cell: string): Converted {
  return cell.trimStart().startsWith("[") ? toJson(cell) : { value: [cell] };
}

const converters: Readonly<Record<string, (cell: string) => Converted>> = {
  agent: toBoolean,
  audio: toBoolean,
  direct: toBoolean,
  loop: toBoolean,
  durationSeconds: toNumber,
  maxRetries: toNumber,
  images: toList,
  extraBody: toJson,
  headers: toJson,
  messages: toJson,
  metadata: toJson,
  timeout: toJson,
};

/** A cell as the option of that name wants it. All others, and fields of one's own, are text. */
export function convertCell(name: string, cell: string): Converted {
  return Object.hasOwn(converters, name) ? (converters[name]?.(cell) ?? { value: cell }) : { value: cell };
}
