/** What the disk's refusal means to a caller. */
export interface DiskProblem {
  /** The system's own word for it; undefined where it has none. */
  code: string | undefined;
  advice: string;
  /** Whether it may pass by itself. */
  isPassing: boolean;
}

const advices: Readonly<Record<string, string>> = {
  EACCES: "That is not allowed to this process.",
  EBUSY: "Another process is using it; try again.",
  EDQUOT: "The disk quota is used up.",
  EEXIST: "A part of the path is a file, or a link that leads nowhere.",
  EISDIR: "It is a folder.",
  EMFILE: "This process has too many files open; try again when some are closed.",
  ENAMETOOLONG: "The name is too long.",
  ENFILE: "The system has too many files open; try again when some are closed.",
  ENOSPC: "The disk is full.",
  ENOTDIR: "A part of the path is a file.",
  EPERM: "That is not allowed to this process.",
  EROFS: "The disk can only be read.",
};

const passing: ReadonlySet<string> = new Set(["EBUSY", "EMFILE", "ENFILE"]);

/** By its shape: under Jest, the errors of Node's own modules are of another realm and no instance of `Error`. */
export function diskProblem(error: unknown): DiskProblem {
  const found = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  const code = typeof found === "string" && /^E[A-Z\d]+$/.test(found) ? found : undefined;
  return { code, advice: advices[code ?? ""] ?? "Check the path.", isPassing: passing.has(code ?? "") };
}
