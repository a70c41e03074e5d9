const words: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EBUSY: "another process is using it",
  EDQUOT: "your share of the disk is used up",
  EEXIST: "a part of the path is a file, or it is there already",
  EIO: "the disk fails",
  EISDIR: "it is a folder",
  ELOOP: "it is a link that leads to itself",
  EMFILE: "this process has too many files open",
  ENAMETOOLONG: "the name is too long",
  ENFILE: "the system has too many files open",
  ENOENT: "it is not there, or a folder of its path is missing",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of the path is a file, and no folder",
  EPERM: "permission denied",
  EROFS: "the disk can only be read",
};

/** The system's own word for what went wrong at the disk, such as `ENOENT`. */
export function diskCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** What the disk says, in plain words; what it has no words for as it is. */
export function diskWords(error: unknown): string {
  return words[diskCode(error) ?? ""] ?? (error instanceof Error ? error.message : String(error));
}

/** A disk's refusal that nobody has put into words, as `path: words`; undefined for all other errors. */
export function plainDiskMessage(error: unknown): string | undefined {
  const known = words[diskCode(error) ?? ""];
  if (known === undefined || !(error instanceof Error) || !("syscall" in error)) return undefined;
  const path = "path" in error && typeof error.path === "string" ? error.path : undefined;
  return path === undefined ? `The disk: ${known}.` : `${path}: ${known}.`;
}
