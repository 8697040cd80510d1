import { element, iconButton } from './element.mjs';

/** A window in the window: the browser keeps the focus inside and closes it on Escape. `onclose` is called however it was closed. */
export function openDialog(className, content, onclose = () => {}) {
  const dialog = element('dialog', { className: `dialog ${className}` }, element('div', { className: 'dialog-body' }, content));
  dialog.addEventListener('close', () => {
    dialog.remove();
    onclose();
  });
  // A click beside it is a click on the dialog itself: everything inside is in its body.
  dialog.addEventListener('mousedown', (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Asks before something that cannot be undone. Resolves to whether it was confirmed. */
export function confirmed({ title, text, yes, no, isDanger }) {
  return new Promise((resolve) => {
    let answer = false;
    const choose = (value) => () => {
      answer = value;
      dialog.close();
    };
    const buttons = element(
      'footer',
      {},
      element('button', { type: 'button', className: 'button', onclick: choose(false), autofocus: true }, no),
      element('button', { type: 'button', className: `button ${isDanger ? 'danger' : 'primary'}`, onclick: choose(true) }, yes),
    );
    const content = [element('h2', {}, title), element('p', {}, text), buttons];
    const dialog = openDialog('question', content, () => resolve(answer));
  });
}

/** A picture as large as the window. */
export function enlarge(source, alt, word) {
  const close = () => dialog.close();
  const picture = element('img', { src: source, alt, onclick: close });
  const dialog = openDialog('enlarged', [
    element('figure', {}, picture, alt === '' ? undefined : element('figcaption', {}, alt)),
    iconButton('close', word('close'), close),
  ]);
}

/** A menu at the button that opens it: `{ label, hint?, isDanger?, run }` each. */
export function openMenu(anchor, items) {
  document.querySelector('.menu')?.remove();
  const leave = () => {
    menu.remove();
    document.removeEventListener('pointerdown', outside, true);
    document.removeEventListener('keydown', escape, true);
  };
  const outside = (event) => !menu.contains(event.target) && leave();
  const escape = (event) => event.key === 'Escape' && leave();
  const entries = items.map(({ label, hint, isDanger = false, run }) =>
    element(
      'button',
      { type: 'button', role: 'menuitem', className: isDanger ? 'danger' : '', onclick: () => (leave(), run()) },
      element('span', {}, label),
      hint === undefined ? undefined : element('small', {}, hint),
    ),
  );
  const menu = element('div', { className: 'menu', role: 'menu' }, entries);
  document.body.append(menu);
  const { left, right, top, bottom } = anchor.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const x = right + width > innerWidth ? Math.max(8, right - width) : left;
  const y = bottom + height + 8 > innerHeight ? Math.max(8, top - height - 4) : bottom + 4;
  menu.style.left = `${x}px`;
  menu.style.top = `${y}px`;
  document.addEventListener('pointerdown', outside, true);
  document.addEventListener('keydown', escape, true);
  menu.querySelector('button')?.focus();
}
