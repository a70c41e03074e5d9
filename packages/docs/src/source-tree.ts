import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** Files by their path from the root, with `/` between folders. */
export interface SourceTree {
  paths: readonly string[];
  read(path: string): string;
}

/** What a clone has, and what is new and not ignored; nothing that a build or an install leaves behind. */
export function repositoryTree(root: string): SourceTree {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  return {
    // Git still lists a file that was deleted and not committed.
    paths: listed.split("\0").filter((path) => path !== "" && existsSync(join(root, path))),
    read: (path) => readFileSync(join(root, path), "utf8"),
  };
}

/** All files, and the folders that they are in. */
export function pathsAndFolders({ paths }: SourceTree): Set<string> {
  const found = new Set(paths);
  for (const path of paths) {
    for (let folder = posix.dirname(path); !found.has(folder); folder = posix.dirname(folder)) found.add(folder);
  }
  return found;
}
