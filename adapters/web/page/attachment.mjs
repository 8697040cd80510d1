import { button, element } from './element.mjs';
import { pictureMegabytesMax, word } from './words.mjs';

const BYTES_PER_MEGABYTE = 1024 * 1024;
const KINDS = 'image/*,.heic,.heif,.avif';

/** One to be changed, and one more: a mask, a style, or how a clip ends. */
const PICTURES_MAX = 2;

/**
 * The pictures that go with what is asked: chosen, photographed, dropped or pasted.
 * @param {{ drop: HTMLElement, onChange: (problem?: string) => void, onMask: (file: File) => void }} options `drop`: where a picture may be let fall
 */
export function createAttachment({ drop, onChange, onMask }) {
  let files = [];
  const shown = element('div', { className: 'attachments', hidden: true });
  const input = (label, more) =>
    element('input', { type: 'file', accept: KINDS, className: 'unseen', tabIndex: -1, 'aria-label': word(label), ...more });
  const chooser = input('attach', { multiple: true });
  const camera = input('photograph', { accept: 'image/*', capture: 'environment' });

  /** The latest ones stay where there are too many. */
  function take(chosen) {
    if (chosen.length === 0) return;
    const kept = [...files, ...chosen].slice(-PICTURES_MAX);
    const isTooHeavy = kept.reduce((sum, { size }) => sum + size, 0) > pictureMegabytesMax * BYTES_PER_MEGABYTE;
    if (!isTooHeavy) set(kept);
    onChange(isTooHeavy ? word('attach-too-heavy', { limit: pictureMegabytesMax }) : undefined);
  }

  function set(chosen) {
    files = chosen;
    for (const preview of shown.querySelectorAll('img')) URL.revokeObjectURL(preview.src);
    shown.hidden = files.length === 0;
    const remove = (file) => {
      set(files.filter((one) => one !== file));
      onChange();
    };
    shown.replaceChildren(
      ...files.map((file) =>
        drawFile(
          file,
          () => remove(file),
          () => onMask(file),
        ),
      ),
    );
  }

  for (const one of [chooser, camera]) {
    one.addEventListener('change', () => {
      take([...one.files]);
      one.value = '';
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
    files: () => files,
    /** These have been sent; what was attached since then stays. */
    release: (sent) => set(files.filter((file) => !sent.includes(file))),
  };
}

function drawFile(file, onRemove, onMask) {
  const preview = element('img', { src: URL.createObjectURL(file), alt: '' });
  preview.addEventListener('error', () => preview.remove());
  const remover = button('close', word('attach-remove', { name: file.name }), onRemove, { quiet: true });
  const brush = button('brush', word('mask-open'), onMask, { quiet: true });
  return element('div', { className: 'attached' }, preview, element('span', {}, file.name), brush, remover);
}

const filesOf = (event) => [...(event.dataTransfer?.files ?? event.clipboardData?.files ?? [])];
/** A file without a type is looked at by the server: telephones' pictures often have none. */
const picturesOf = (files) => {
  const pictures = files.filter(({ type }) => type.startsWith('image/'));
  return pictures.length > 0 ? pictures : files.slice(0, 1);
};

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
    take(picturesOf(filesOf(event)));
  });
  place.addEventListener('paste', (event) => {
    const pictures = filesOf(event).filter(({ type }) => type.startsWith('image/'));
    if (pictures.length === 0) return;
    event.preventDefault();
    take(pictures);
  });
}
