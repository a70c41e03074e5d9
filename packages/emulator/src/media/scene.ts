import { createRandom, hashOf } from "../random.ts";
import { Canvas } from "./canvas.ts";
import { fromHsl, hueOf } from "./color.ts";
import { glyphHeight, glyphWidth, wrap } from "./font.ts";

const skyBands = 24;

/** The place of the ball in the sky, as parts of width and height; a clip moves it. */
export interface Ball {
  x: number;
  y: number;
}

function drawSky(canvas: Canvas, hue: number): void {
  for (let band = 0; band < skyBands; band += 1) {
    const color = canvas.color(fromHsl((hue + 180 + band) % 360, 0.45, 0.35 + (0.45 * band) / skyBands));
    canvas.rectangle(0, (band * canvas.height) / skyBands, canvas.width, canvas.height / skyBands + 1, color);
  }
}

function drawHills(canvas: Canvas, hue: number, random: () => number): void {
  for (let layer = 0; layer < 3; layer += 1) {
    const color = canvas.color(fromHsl((hue + 100 + layer * 14) % 360, 0.35, 0.42 - layer * 0.09));
    const base = canvas.height * (0.55 + layer * 0.1);
    const swing = canvas.height * (0.04 + random() * 0.05);
    const waves = 1 + random() * 2;
    const shift = random() * Math.PI * 2;
    canvas.ground((x) => base + swing * Math.sin(shift + (x / canvas.width) * waves * Math.PI * 2), color);
  }
}

function drawCaption(canvas: Canvas, prompt: string): void {
  const panel = canvas.color([250, 248, 240]);
  const ink = canvas.color([30, 30, 36]);
  const scale = Math.max(1, Math.round(Math.min(canvas.width, canvas.height) / 170));
  const margin = scale * 5;
  const lineHeight = (glyphHeight + 3) * scale;
  const columns = Math.max(6, Math.floor((canvas.width - 4 * margin) / ((glyphWidth + 1) * scale)));
  const lines = wrap(prompt, columns, Math.max(1, Math.floor((canvas.height * 0.4) / lineHeight)));
  const height = lines.length * lineHeight + 2 * margin;
  const top = canvas.height - height - margin;
  canvas.rectangle(margin, top, canvas.width - 2 * margin, height, panel);
  lines.forEach((line, index) => {
    canvas.text(line, 2 * margin, top + margin + index * lineHeight, scale, ink);
  });
}

/** A landscape under a ball, in colours that the prompt decides, with the prompt written below. */
export function drawScene(prompt: string, width: number, height: number, ball?: Ball): Canvas {
  const canvas = new Canvas(width, height);
  const random = createRandom(hashOf(prompt));
  const hue = hueOf(prompt) ?? random() * 360;
  const place = { x: 0.2 + random() * 0.6, y: 0.18 + random() * 0.14 };
  const { x, y } = ball ?? place;
  drawSky(canvas, hue);
  const radius = Math.min(width, height) * 0.16;
  canvas.circle(x * width, y * height, radius * 1.12, canvas.color(fromHsl(hue, 0.9, 0.82)));
  canvas.circle(x * width, y * height, radius, canvas.color(fromHsl(hue, 0.9, 0.58)));
  drawHills(canvas, hue, random);
  drawCaption(canvas, prompt);
  return canvas;
}
