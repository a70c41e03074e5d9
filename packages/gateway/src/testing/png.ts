/** A picture of one pixel. */
export const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

/** The same as a file. */
export function pngFile(name = "pixel.png"): File {
  return new File([Uint8Array.from(atob(PNG), (char) => char.charCodeAt(0))], name, { type: "image/png" });
}
