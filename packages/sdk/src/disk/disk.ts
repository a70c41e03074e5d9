/** A file to be written from its start to its end. */
export interface NewFile {
  /** All of the parts, in their order. */
  write(parts: Uint8Array[]): Promise<void>;
  close(): Promise<void>;
}

export interface ReadableFile {
  /** @returns how many bytes it has put into the block; 0 at the end */
  read(block: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

export interface DiskEntry {
  sizeBytes: number;
  changedAtMs: number;
  isFile: boolean;
  isFolder: boolean;
}

/** The few things that files need of a runtime. What goes wrong is thrown as the runtime has it, with its `code`. */
export interface Disk {
  /** With those above it. */
  makeFolder(path: string): Promise<void>;
  /** @throws where there is one of that name */
  createFile(path: string): Promise<NewFile>;
  openFile(path: string): Promise<ReadableFile>;
  stat(path: string): Promise<DiskEntry>;
  namesIn(folder: string): Promise<string[]>;
  /** Replaces what is there. */
  rename(from: string, to: string): Promise<void>;
  /** A second name for a file. @throws with the code `EEXIST` where that is taken */
  link(from: string, to: string): Promise<void>;
  /** The same by a copy, for file systems without links. */
  copyUnlessThere(from: string, to: string): Promise<void>;
  /** Does nothing where there is no such file. */
  remove(path: string): Promise<void>;
  /** What to do about an error that only this runtime has, such as a permission. */
  advice?(error: unknown, path: string): string | undefined;
}
