import type { Media } from '#src/core/media.ts';
import { redraw } from './sharp.ts';

/** Small enough to be looked at in a moment, large enough for what somebody has circled. */
const SAMPLE = { width: 256, height: 256 };
/** JPEG and brushes leave greys behind, and so does making it smaller. */
const CLEAR_SHARE = 0.9;
/** What is left as it is fills a part of a mask. Ink on white paper, a logo or a line of text is less. */
const KEPT_SHARE_MIN = 0.1;
const BLACK_TO = 48;
const WHITE_FROM = 208;
const VISIBLE_FROM = 128;

/** Whether a picture that came with another one says where to work in it: black, and white or see-through in places. What shows a style is neither. */
export async function isMask({ bytes }: Media): Promise<boolean> {
  const { data, channels } = await redraw(bytes, { inner: SAMPLE, outer: SAMPLE });
  let [kept, marked] = [0, 0];
  for (let at = 0; at < data.length; at += channels) {
    const shades = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    const isSeeThrough = channels === 4 && (data[at + 3] ?? 0) < VISIBLE_FROM;
    if (isSeeThrough || Math.min(...shades) >= WHITE_FROM) marked += 1;
    else if (Math.max(...shades) < BLACK_TO) kept += 1;
  }
  const all = SAMPLE.width * SAMPLE.height;
  return kept >= KEPT_SHARE_MIN * all && marked > 0 && kept + marked >= CLEAR_SHARE * all;
}
