import { element, icon, iconButton } from './element.mjs';
import { createSuggestions } from './suggestions.mjs';

/**
 * The line that is written in: Enter sends, Shift+Enter breaks, pictures are picked, dropped or pasted.
 * @param {object} options
 * @param {(key: string, values?: object) => string} options.word
 * @param {string} options.placeholder
 * @param {(text: string, files: File[]) => void} options.send
 * @param {(text: string, caret: number, put: (from: number, to: number, text: string) => void) => any[]} options.suggest
 * @param {Node[]} [options.tools] buttons beside the one for pictures
 */
export function createComposer({ word, placeholder, send, suggest, tools = [] }) {
  const suggestions = createSuggestions(word('suggestions'));
  const tray = element('div', { className: 'tray', hidden: true });
  const line = element('textarea', { rows: 1, placeholder, 'aria-label': placeholder, spellcheck: false });
  const picker = element('input', { type: 'file', accept: 'image/*', multiple: true, hidden: true });
  let files = [];

  const put = (from, to, text) => {
    line.setRangeText(text, from, to, 'end');
    line.focus();
    written();
  };
  const offer = () => suggestions.show(suggest(line.value, line.selectionStart, put));
  function written() {
    line.style.height = 'auto';
    line.style.height = `${line.scrollHeight}px`;
    go.disabled = line.value.trim() === '' && files.length === 0;
    offer();
  }

  function attach(more) {
    files = [...files, ...[...more].filter(({ type }) => type.startsWith('image/'))];
    const thumbnails = files.map((file) => {
      const url = URL.createObjectURL(file);
      const takeOff = () => {
        files = files.filter((one) => one !== file);
        attach([]);
      };
      const picture = element('img', { src: url, alt: file.name, onload: () => URL.revokeObjectURL(url) });
      return element('span', { className: 'attached' }, picture, iconButton('close', word('take-off', { name: file.name }), takeOff));
    });
    tray.replaceChildren(...thumbnails);
    tray.hidden = files.length === 0;
    written();
  }

  function submit() {
    const text = line.value.trim();
    if (text === '' && files.length === 0) return;
    send(text, files);
    line.value = '';
    files = [];
    attach([]);
  }

  const go = element(
    'button',
    { type: 'button', className: 'go', title: word('send'), 'aria-label': word('send'), disabled: true, onclick: submit },
    icon('send'),
  );
  line.addEventListener('input', written);
  line.addEventListener('click', offer);
  line.addEventListener('blur', () => suggestions.show([]));
  line.addEventListener('keydown', (event) => {
    if (suggestions.key(event) || event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  line.addEventListener('paste', (event) => event.clipboardData.files.length > 0 && attach(event.clipboardData.files));
  picker.addEventListener('change', () => {
    attach(picker.files);
    picker.value = '';
  });
  const attachButton = iconButton('plus', word('attach'), () => picker.click());
  const row = element('div', { className: 'composer-row' }, attachButton, line, tools, go);
  const node = element('div', { className: 'composer' }, suggestions.node, tray, row, picker);
  node.addEventListener('dragover', (event) => event.preventDefault());
  node.addEventListener('drop', (event) => {
    event.preventDefault();
    attach(event.dataTransfer.files);
  });
  return {
    node,
    row,
    line,
    focus: () => line.focus(),
    /** Puts words in the line, to be read over and sent. */
    write(text) {
      line.value = text;
      line.focus();
      written();
    },
  };
}
