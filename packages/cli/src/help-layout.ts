import { Help } from "commander";

/** Less room than this beside a term makes a column of single words. */
const LEAST_ROOM = 30;
const INDENT = 6;

/** How help is laid out: where a terminal is narrow, what is said of an option or a command stands below it. */
export const helpLayout: Partial<Help> = {
  minWidthToWrap: 16,
  formatItem(term, termWidth, description, helper) {
    const width = helper.helpWidth ?? 80;
    const indent = "  ";
    if (description === "" || width - termWidth - 2 * indent.length >= LEAST_ROOM)
      return Help.prototype.formatItem.call(helper, term, termWidth, description, helper);
    const below = helper.boxWrap(description, width - INDENT).replace(/^/gm, " ".repeat(INDENT));
    return `${indent}${term}\n${below}`;
  },
};
