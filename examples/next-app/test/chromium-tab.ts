import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { placeOf } from "../../../packages/emulator/src/testing/browser.ts";
import { chromium } from "../../../packages/emulator/src/testing/chromium.ts";
import { DevTools } from "./dev-tools.ts";

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];

interface AccessibleNode {
  name?: { value?: string };
  backendDOMNodeId: number;
}

/** A tab of a Chromium of its own, used as its reader does: by what the accessibility tree names. */
export class ChromiumTab implements AsyncDisposable {
  readonly tools: DevTools;
  readonly #close: () => Promise<void>;

  private constructor(tools: DevTools, close: () => Promise<void>) {
    this.tools = tools;
    this.#close = close;
  }

  static async open(): Promise<ChromiumTab> {
    const profile = await mkdtemp(join(tmpdir(), "next-app-chromium-"));
    const all = [...flags, "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"];
    const child = spawn(placeOf(chromium), all, { stdio: ["ignore", "ignore", "pipe"] });
    const exited = once(child, "exit");
    const close = async (): Promise<void> => {
      child.kill();
      await exited;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    };
    for await (const line of createInterface({ input: child.stderr })) {
      const [, url] = /listening on (ws:\S+)/.exec(line) ?? [];
      if (url === undefined) continue;
      child.stderr.resume();
      return new ChromiumTab(await DevTools.ofNewPage(url), close);
    }
    await close();
    throw new Error("Chromium ended before it listened.");
  }

  async go(url: string): Promise<void> {
    await this.tools.send("Page.navigate", { url });
    await this.until(`document.readyState === "complete" && location.href === ${JSON.stringify(url)}`);
  }

  async reload(): Promise<void> {
    await this.evaluate("window.isOld = true");
    await this.tools.send("Page.reload");
    await this.until(`!window.isOld && document.readyState === "complete"`);
  }

  /** What an expression is in the page. */
  async evaluate(expression: string): Promise<unknown> {
    const about = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.tools.send("Runtime.evaluate", about);
    if (exceptionDetails) throw new Error(`${expression}: ${JSON.stringify(exceptionDetails)}`);
    return Object(result).value;
  }

  /** Waits for as long as the test may: a page that is left meanwhile is looked at anew. */
  async until(expression: string): Promise<void> {
    const look = `new Promise((is) => { const look = () => (${expression}) ? is(true) : setTimeout(look, 20); look(); })`;
    while ((await this.evaluate(look).catch(() => false)) !== true);
  }

  async press(key: "Enter", options: { shift?: boolean } = {}): Promise<void> {
    const about = { key, code: key, windowsVirtualKeyCode: 13, text: "\r", modifiers: options.shift ? 8 : 0 };
    await this.tools.send("Input.dispatchKeyEvent", { type: "keyDown", ...about });
    await this.tools.send("Input.dispatchKeyEvent", { type: "keyUp", ...about });
  }

  /** Adds words to a field. */
  async type(name: string, text: string): Promise<void> {
    await this.tools.send("DOM.focus", { backendNodeId: await this.#find("textbox", name) });
    await this.tools.send("Input.insertText", { text });
  }

  async click(role: "button" | "link", name: string): Promise<void> {
    const { object } = await this.tools.send("DOM.resolveNode", { backendNodeId: await this.#find(role, name) });
    const { objectId } = Object(object);
    await this.tools.send("Runtime.callFunctionOn", { objectId, functionDeclaration: "function () { this.click(); }" });
  }

  async choose(name: string, files: string[]): Promise<void> {
    await this.tools.send("DOM.setFileInputFiles", { files, backendNodeId: await this.#find("button", name) });
  }

  async #find(role: string, name: string): Promise<number> {
    const { root } = await this.tools.send("DOM.getDocument");
    const { nodes } = await this.tools.send("Accessibility.queryAXTree", { nodeId: Object(root).nodeId, role });
    // What was chosen may follow in the name of a field for files.
    const isMeant = (node: AccessibleNode): boolean => node.name?.value?.split(":")[0] === name;
    const found = (nodes as AccessibleNode[]).find(isMeant);
    if (found === undefined) throw new Error(`There is no ${role} named ${name}.`);
    return found.backendDOMNodeId;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.tools.close();
    await this.#close();
  }
}
