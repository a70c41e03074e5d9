/** A browser as its user has it: whatever drives it, the steps of a test are the same. */
export interface BrowserDriver extends AsyncDisposable {
  /** Another tab; all tabs share what the browser keeps. */
  newTab(): Promise<Tab>;
  closeTabs(): Promise<void>;
}

/** What a user can do in a tab, and a look at the page where they would see it. */
export interface Tab {
  go(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Clicks what the accessibility tree calls so. */
  click(role: Role, name: string): Promise<void>;
  /** Adds words to a field. */
  type(name: string, text: string): Promise<void>;
  press(key: "Enter" | "Escape" | "Tab" | "Space"): Promise<void>;
  choose(name: string, option: string): Promise<void>;
  /** Clicks, and waits for the window that this opens. */
  clickForWindow(role: Role, name: string): Promise<Tab>;
  /** What an expression is in the page. */
  evaluate(expression: string): Promise<unknown>;
  /** Waits for as long as the test may. */
  until(expression: string): Promise<void>;
  setOffline(isOffline: boolean): Promise<void>;
  setSize(width: number, height: number): Promise<void>;
  setTheme(theme: "light" | "dark"): Promise<void>;
  screenshot(path: string): Promise<void>;
  close(): Promise<void>;
  isClosed(): boolean;
}

export type Role = "button" | "link" | "checkbox" | "textbox" | "combobox";
