/** What is used of Deno's own API. */
export interface DenoApi {
  mkdir(path: string, options: { recursive: boolean }): Promise<void>;
  open(path: string, options: { read?: boolean; write?: boolean; createNew?: boolean }): Promise<DenoFile>;
  stat(path: string): Promise<{ size: number; mtime: Date | null; isFile: boolean; isDirectory: boolean }>;
  readDir(path: string): AsyncIterable<{ name: string }>;
  rename(from: string, to: string): Promise<void>;
  link(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  env: { get(name: string): string | undefined };
}

export interface DenoFile {
  read(block: Uint8Array): Promise<number | null>;
  write(bytes: Uint8Array): Promise<number>;
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
  close(): void;
}

/** Looked up when it is used, so that types of other runtimes need not know it. */
export function denoApi(): DenoApi {
  const deno: DenoApi | undefined = Reflect.get(globalThis, "Deno");
  if (deno === undefined) throw new Error("flowith-webapi/deno was imported where there is no Deno.");
  return deno;
}

/** Whether a permission is missing that a flag would have given. */
export function lacksPermission(error: unknown): boolean {
  return error instanceof Error && error.name === "NotCapable";
}
