const systemErrors: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "this needs more rights",
  EPERM: "this needs more rights",
  EISDIR: "it is a folder",
  ENOTDIR: "there is a file in place of a folder",
  EEXIST: "there is a file in place of a folder",
  ENOSPC: "there is no room left on the disk",
  EDQUOT: "there is no room left on the disk",
  EROFS: "the disk can only be read",
};

/** The code of an error: the system's, such as `ENOENT`, or Postgres's. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** Of Node and of Postgres. */
const diskFull: ReadonlySet<string | undefined> = new Set(["ENOSPC", "EDQUOT", "53100"]);

export function isDiskFull(error: unknown): boolean {
  return diskFull.has(systemCode(error));
}

/** What was thrown, in words: what Postgres throws from within WebAssembly is often no Error. */
export function messageOf(error: unknown): string {
  const known = systemErrors[systemCode(error) ?? ""];
  if (known !== undefined) return known;
  if (error instanceof Error) return error.message;
  return typeof error === "object" && error !== null ? JSON.stringify(error) : String(error);
}
