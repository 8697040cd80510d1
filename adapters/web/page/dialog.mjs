import { button, element } from './element.mjs';
import { word } from './words.mjs';

/**
 * A window in the window. The browser keeps the focus inside, closes it on Escape and gives the focus back. Resolves with what it was closed with.
 * @param {string} title
 * @param {(close: (value?: unknown) => void) => Node[]} build
 */
export function openDialog(title, build, { className = '' } = {}) {
  const { promise, resolve } = Promise.withResolvers();
  const dialog = element('dialog', { className: `dialog ${className}` });
  let value;
  const close = (chosen) => {
    value = chosen;
    dialog.close();
  };
  const heading = element('h2', { id: 'dialog-title' }, title);
  const head = element(
    'header',
    { className: 'dialog-head' },
    heading,
    button('close', word('close'), () => close(), { quiet: true }),
  );
  dialog.setAttribute('aria-labelledby', heading.id);
  dialog.append(element('div', { className: 'dialog-body' }, head, ...build(close)));
  dialog.addEventListener('close', () => {
    dialog.remove();
    resolve(value);
  });
  // A click beside it is a click on the dialog itself: everything inside is in its body.
  dialog.addEventListener('click', (event) => event.target === dialog && close());
  document.body.append(dialog);
  dialog.showModal();
  return promise;
}

/** A question to be sure about. Resolves with true when it was answered with yes. */
export function confirmDialog(title, question, yes, no, { lang, tone = 'danger' } = {}) {
  return openDialog(title, (close) => [
    element('p', { lang }, question),
    element(
      'div',
      { className: 'dialog-actions' },
      element('button', { type: 'button', className: 'button', onclick: () => close(false), autofocus: true }, no),
      element('button', { type: 'button', className: `button ${tone}`, onclick: () => close(true) }, yes),
    ),
  ]);
}
