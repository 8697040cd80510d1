import { button, element } from './element.mjs';
import { pictureMegabytesMax, word } from './words.mjs';

const BYTES_PER_MEGABYTE = 1024 * 1024;
const KINDS = 'image/*,.heic,.heif,.avif';

/**
 * The picture that goes with what is asked: chosen, photographed, dropped or pasted.
 * @param {{ drop: HTMLElement, onChange: (problem?: string) => void }} options `drop`: where a picture may be let fall
 */
export function createAttachment({ drop, onChange }) {
  let file;
  const shown = element('div', { className: 'attached', hidden: true });
  const chooser = element('input', { type: 'file', accept: KINDS, className: 'unseen', tabIndex: -1, 'aria-label': word('attach') });
  const camera = element('input', {
    type: 'file',
    accept: 'image/*',
    capture: 'environment',
    className: 'unseen',
    tabIndex: -1,
    'aria-label': word('photograph'),
  });

  function take(one) {
    if (one === undefined) return;
    if (one.size > pictureMegabytesMax * BYTES_PER_MEGABYTE) {
      set(undefined);
      onChange(word('attach-too-heavy', { limit: pictureMegabytesMax }));
      return;
    }
    set(one);
    onChange();
  }

  function set(one) {
    file = one;
    const [preview] = shown.querySelectorAll('img');
    if (preview !== undefined) URL.revokeObjectURL(preview.src);
    shown.hidden = one === undefined;
    shown.replaceChildren(
      ...(one === undefined
        ? []
        : drawFile(one, () => {
            set(undefined);
            onChange();
          })),
    );
  }

  for (const input of [chooser, camera]) {
    input.addEventListener('change', () => {
      take(input.files[0]);
      input.value = '';
    });
  }
  letFall(drop, take);
  return {
    shown,
    inputs: [chooser, camera],
    buttons: [
      button('attach', word('attach'), () => chooser.click(), { quiet: true }),
      button('camera', word('photograph'), () => camera.click(), { quiet: true, className: 'camera' }),
    ],
    file: () => file,
    take,
    clear: () => set(undefined),
  };
}

function drawFile(file, onRemove) {
  const preview = element('img', { src: URL.createObjectURL(file), alt: '' });
  preview.addEventListener('error', () => preview.remove());
  return [preview, element('span', {}, file.name), button('close', word('attach-remove', { name: file.name }), onRemove, { quiet: true })];
}

const filesOf = (event) => [...(event.dataTransfer?.files ?? event.clipboardData?.files ?? [])];
/** A file without a type is looked at by the server: telephones' pictures often have none. */
const pictureOf = (files) => files.find(({ type }) => type.startsWith('image/')) ?? files[0];

function letFall(place, take) {
  // Every element under the pointer says that it was entered and left.
  let depth = 0;
  const mark = (change) => {
    depth = Math.max(0, depth + change);
    place.classList.toggle('dropping', depth > 0);
  };
  place.addEventListener('dragenter', (event) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    mark(1);
  });
  place.addEventListener('dragleave', () => mark(-1));
  place.addEventListener('dragover', (event) => event.preventDefault());
  place.addEventListener('drop', (event) => {
    event.preventDefault();
    mark(-depth);
    take(pictureOf(filesOf(event)));
  });
  place.addEventListener('paste', (event) => {
    const picture = filesOf(event).find(({ type }) => type.startsWith('image/'));
    if (picture === undefined) return;
    event.preventDefault();
    take(picture);
  });
}
