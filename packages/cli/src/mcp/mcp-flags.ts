/** What `flowith mcp` is told. */
export interface McpFlags {
  maxCredits?: number;
  root?: string[];
  saveDir?: string;
  maxImageBytes: number;
  /** In seconds. */
  wait: number;
  http?: boolean;
  port?: number;
  host?: string;
  keyFile?: string;
  /** False with `--no-key`. */
  key: boolean;
  allowOrigin?: string[];
}
