import { element } from './element.mjs';
import { word } from './words.mjs';

/**
 * A clip with the browser's own player. Nothing of it is fetched before somebody wants to see it: until then its poster stands for it.
 * @param {{ clip: { url: string, width: number, height: number }, pictures: { url: string, alt: string }[] }} answer
 */
export function drawClip({ clip, pictures: [poster] }, { lang } = {}) {
  return element('video', {
    src: clip.url,
    poster: poster.url,
    controls: true,
    playsInline: true,
    preload: 'none',
    width: clip.width,
    height: clip.height,
    lang,
    'aria-label': word('clip-of', { alt: poster.alt }),
  });
}
