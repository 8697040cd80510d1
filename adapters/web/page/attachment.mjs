import { pictureMegabytesMax, word } from './words.mjs';

const BYTES_PER_MEGABYTE = 1024 * 1024;
const byId = (id) => document.getElementById(id);

/** The picture that goes with a request. `onChange` is called with a sentence when the chosen file cannot be taken, and without one else. */
export function createAttachment(onChange) {
  const input = byId('picture');

  function drop() {
    input.value = '';
    show(undefined);
  }

  function choose() {
    const [file] = input.files;
    const tooHeavy = file !== undefined && file.size > pictureMegabytesMax * BYTES_PER_MEGABYTE;
    if (tooHeavy) drop();
    else show(file);
    onChange(tooHeavy ? word('attach-too-heavy', { limit: pictureMegabytesMax }) : undefined);
  }

  input.addEventListener('change', choose);
  byId('detach').addEventListener('click', () => {
    drop();
    onChange();
  });
  return { file: () => input.files[0], drop };
}

function show(file) {
  const preview = byId('preview');
  URL.revokeObjectURL(preview.src);
  preview.removeAttribute('src');
  byId('attached').hidden = file === undefined;
  if (file === undefined) return;
  preview.src = URL.createObjectURL(file);
  byId('attached-name').textContent = file.name;
  byId('detach').setAttribute('aria-label', word('attach-remove', { name: file.name }));
}
