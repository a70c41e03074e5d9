import { styleText } from "node:util";

let step = 0;
const { stdout } = process;

export function heading(title: string): void {
  step++;
  stdout.write(`\n${styleText("bold", `${step}. ${title}`)}\n`);
}

export function line(text: string): void {
  stdout.write(`${text}\n`);
}

export function write(text: string): void {
  stdout.write(text);
}

/** A line that the next one replaces; where there is no terminal, an ordinary one. */
export function status(text: string): void {
  if (stdout.isTTY) stdout.write(`\r\u001b[2K${text}`);
  else if (text !== "") line(text);
}

export function dim(text: string): string {
  return styleText("dim", text);
}
