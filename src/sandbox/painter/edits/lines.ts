import type { Raster } from './raster.ts';

const lightAt = ({ data, width, height }: Raster, x: number, y: number): number => {
  const at = (Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))) * 4;
  return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
};

/** How strong an edge there is at each pixel, from 0 to 255. */
function edgesOf(raster: Raster): Uint8Array {
  const { width, height } = raster;
  const reach = Math.max(1, Math.round(Math.max(width, height) / 700));
  return Uint8Array.from({ length: width * height }, (_, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    const across = lightAt(raster, x + reach, y) - lightAt(raster, x - reach, y);
    const down = lightAt(raster, x, y + reach) - lightAt(raster, x, y - reach);
    return Math.min(255, Math.hypot(across, down) * 2.4);
  });
}

/** The scene, with the lines of a drawing inked over it. */
export function inkedOver(scene: Raster, drawing: Raster, share: number): Raster {
  const edges = edgesOf(drawing);
  const out = Uint8Array.from(scene.data);
  for (let at = 0; at < out.length; at += 1) {
    if (at % 4 === 3) continue;
    const ink = ((edges[at >> 2] ?? 0) / 255) * share;
    const paled = (out[at] ?? 0) + (255 - (out[at] ?? 0)) * 0.35 * share;
    out[at] = Math.round(paled + (30 - paled) * ink);
  }
  return { ...scene, data: out };
}

/** The scene's colours in the light and shadow of another picture. */
export function shapedBy(scene: Raster, picture: Raster, share: number): Raster {
  const edges = edgesOf(picture);
  const out = Uint8Array.from(scene.data);
  for (let at = 0; at < out.length; at += 4) {
    const pixel = at / 4;
    const light = lightAt(picture, pixel % picture.width, Math.floor(pixel / picture.width)) / 255;
    const factor = 1 + (0.25 + 1.15 * light - 0.3 * ((edges[pixel] ?? 0) / 255) - 1) * share;
    for (let channel = 0; channel < 3; channel += 1)
      out[at + channel] = Math.max(0, Math.min(255, Math.round((out[at + channel] ?? 0) * factor)));
  }
  return { ...scene, data: out };
}
