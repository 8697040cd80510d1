import type { Stage } from './stage.ts';
import { duotone, type Pixels } from './styles.ts';

/** The thing asked for, as colours with their opacity: four bytes for each pixel. */
export interface Overlay {
  readonly data: Uint8Array;
}

const ramp = (value: number, from: number, to: number): number => {
  const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return share * share * (3 - 2 * share);
};

/**
 * Goes from the picture given (strength 0) to the picture painted (strength 1) in three overlapping moves: its colours turn to the prompt's,
 * the things asked for appear on it, the scene takes its place. Each move only ever adds, so more strength is always further away.
 */
export function transform(input: Pixels, backdrop: Pixels, subjects: Overlay, palette: Stage['palette'], strength: number): Pixels {
  const toned = duotone(input, palette.hills[3], palette.sky[3]).data;
  const tone = ramp(strength, 0, 0.6) * 0.72;
  const appear = ramp(strength, 0.28, 0.56);
  const replace = ramp(strength, 0.42, 1);
  const out = new Uint8Array(input.data.length);
  for (let index = 0, over = 0; index < out.length; index += 3, over += 4) {
    const alpha = ((subjects.data[over + 3] ?? 0) / 255) * appear;
    for (let channel = 0; channel < 3; channel += 1) {
      const given = input.data[index + channel] ?? 0;
      const kept = given + ((toned[index + channel] ?? 0) - given) * tone;
      const ground = kept + ((backdrop.data[index + channel] ?? 0) - kept) * replace;
      out[index + channel] = Math.round(ground + ((subjects.data[over + channel] ?? 0) - ground) * alpha);
    }
  }
  return { data: out, width: input.width, height: input.height };
}
