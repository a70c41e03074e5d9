/** Whether the engine is Firefox's. On iOS Firefox is WebKit, and calls itself FxiOS. */
export const isFirefox: boolean = globalThis.navigator?.userAgent?.includes(" Firefox/") ?? false;
