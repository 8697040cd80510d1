import { element } from './element.mjs';
import { widths, word } from './words.mjs';

const narrow = (url, width) => `${url}?w=${width}`;

/**
 * A picture of a result in a size that suits its place; the browser takes the narrowest that is sharp there.
 * @param {{ url: string, width: number, height: number, alt: string }} picture
 * @param {string} sizes how wide it is shown, as `sizes` has it
 */
export function drawPicture({ url, width, height, alt }, sizes, { lang, eager = false } = {}) {
  const offered = widths.filter((one) => one < width).map((one) => `${narrow(url, one)} ${one}w`);
  const img = element('img', {
    alt,
    lang,
    width,
    height,
    sizes,
    decoding: 'async',
    loading: eager ? 'eager' : 'lazy',
    srcset: [...offered, `${url} ${width}w`].join(', '),
    src: url,
  });
  img.addEventListener('error', () => {
    img.dataset.missing = 'yes';
  });
  img.addEventListener('load', () => {
    delete img.dataset.missing;
  });
  return img;
}

/** Asks again for the pictures that could not be had, such as when the connection is back. */
export function retryPictures() {
  for (const img of document.querySelectorAll('img[data-missing]')) {
    const { srcset, src } = img;
    img.srcset = '';
    img.src = '';
    Object.assign(img, { srcset, src });
  }
}

/** What was sent or what the model was given, small. A browser that cannot show the kind of file that was sent shows nothing. */
export function drawInputs(inputs) {
  if (inputs.length === 0) return undefined;
  const thumbnails = inputs.map((url) => {
    const img = element('img', {
      src: url.startsWith('blob:') ? url : narrow(url, widths[0]),
      alt: word('picture-input'),
      loading: 'lazy',
    });
    img.addEventListener('error', () => img.remove());
    return img;
  });
  return element('div', { className: 'inputs' }, ...thumbnails);
}
