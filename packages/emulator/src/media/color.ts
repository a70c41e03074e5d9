export type Rgb = readonly [red: number, green: number, blue: number];

/** @param hue 0 to 360; saturation and lightness 0 to 1 */
export function fromHsl(hue: number, saturation: number, lightness: number): Rgb {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): number => {
    const position = (offset + hue / 30) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(position - 3, 9 - position, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

/** Hues of words that name a colour, or a thing that has one. */
const hues: Readonly<Record<string, number>> = {
  apple: 0,
  banana: 50,
  beach: 40,
  blue: 220,
  cat: 28,
  forest: 120,
  grass: 110,
  green: 130,
  lemon: 55,
  ocean: 205,
  orange: 28,
  pink: 330,
  purple: 280,
  red: 2,
  rose: 345,
  sea: 200,
  sky: 210,
  sun: 45,
  violet: 270,
  yellow: 52,
};

/** The first hue that a prompt names. */
export function hueOf(prompt: string): number | undefined {
  for (const word of prompt.toLowerCase().match(/\p{L}+/gu) ?? []) {
    const hue = hues[word];
    if (hue !== undefined) return hue;
  }
  return undefined;
}
