import { makeId, post } from './api.mjs';
import { confirmDialog, openDialog } from './dialog.mjs';
import { announce, button, element, icon } from './element.mjs';
import { agree } from './price.mjs';
import { showRecipe } from './recipe.mjs';
import { word } from './words.mjs';

/** Buttons of a result that ask for something with one press. Others have a place of their own. */
const PRESSED = ['again', 'variations', 'upscale', 'zoom-out', 'remove-background', 'animate'];

/**
 * What can be done with a request.
 * @param {object} view
 * @param {{ reply: (view: object) => void, asked: (view: object, told: object) => void }} doing
 */
export function drawActions(view, doing) {
  const { state, isYours, answer, repeats } = view;
  if (state === 'removed') return undefined;
  const row = element('div', { className: 'actions', role: 'group', 'aria-label': word('actions') });
  if (state === 'queued' || state === 'running') {
    if (isYours) row.append(button('cancel', word('button-cancel'), () => cancel(view)));
    return row.children.length === 0 ? undefined : row;
  }
  for (const how of repeats) {
    if (PRESSED.includes(how))
      row.append(
        button(
          how,
          word(`button-${how}`),
          busy(() => repeat(view, how, doing)),
        ),
      );
    if (how === 'edit') row.append(button('edit', word('button-edit'), () => edit(view, view.command, doing)));
  }
  if (answer !== undefined) {
    if (answer.clip === undefined) row.append(button('reply', word('button-change'), () => doing.reply(view)));
    row.append(
      button('recipe', word('button-recipe'), () => showRecipe(view), { quiet: true }),
      ...drawDownloads(answer),
    );
  }
  if (isYours) row.append(button('remove', word('button-delete'), () => remove(view), { quiet: true, className: 'danger' }));
  return row.children.length === 0 ? undefined : row;
}

/** One press is one request: the button waits until it is answered. */
function busy(work) {
  return async (event) => {
    const pressed = event.currentTarget;
    pressed.setAttribute('aria-disabled', 'true');
    if (pressed.dataset.busy === 'yes') return;
    pressed.dataset.busy = 'yes';
    try {
      await work();
    } finally {
      delete pressed.dataset.busy;
      pressed.removeAttribute('aria-disabled');
    }
  };
}

export async function repeat(view, how, doing, text) {
  const body = { id: makeId(), how, ...(text === undefined ? {} : { text }) };
  const told = await telling(async () => agree(await post(`/api/requests/${view.id}/repeat`, body)));
  if (told !== undefined) doing.asked(view, told);
}

export async function edit(view, command, doing) {
  const field = element('textarea', { rows: 6, value: command, autofocus: true, lang: view.language });
  const text = await openDialog(word('edit-title'), (close) => {
    const form = element(
      'form',
      {
        method: 'dialog',
        onsubmit: (event) => {
          event.preventDefault();
          close(field.value);
        },
      },
      element('label', { className: 'field' }, word(view.field), field),
      element('p', { className: 'hint' }, word('edit-hint')),
      element('div', { className: 'dialog-actions' }, element('button', { type: 'submit', className: 'button strong' }, word('send'))),
    );
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) form.requestSubmit();
    });
    return [form];
  });
  if (text !== undefined) await repeat(view, 'edit', doing, text);
}

async function cancel(view) {
  await telling(() => post(`/api/requests/${view.id}/cancel`));
}

async function remove(view) {
  const sure = await confirmDialog(word('button-delete'), word('confirm-delete'), word('delete-yes'), word('delete-no'));
  if (sure === true) await telling(() => post(`/api/requests/${view.id}/remove`));
}

/** Does it and says what came of it, also when that is nothing. */
async function telling(work) {
  try {
    const told = await work();
    if (told?.sentence !== undefined) announce(told.sentence);
    return told;
  } catch (error) {
    const sentence = error.sentence ?? word('send-failed');
    announce(sentence);
    await openDialog(word('not-done'), (close) => [
      element('p', {}, sentence),
      element(
        'div',
        { className: 'dialog-actions' },
        element('button', { type: 'button', className: 'button strong', onclick: () => close(), autofocus: true }, word('close')),
      ),
    ]);
    return undefined;
  }
}

/** With several pictures each link has its number to be told apart by. */
function drawDownloads({ pictures, grid, clip }) {
  const several = pictures.length > 1;
  const link = ({ url, fileName }, label, mark) =>
    element('a', { className: 'button quiet', href: url, download: fileName, 'aria-label': label, title: label }, icon('download'), mark);
  if (clip !== undefined) return [link(clip, word('clip-download'))];
  const links = pictures.map((picture, index) =>
    several ? link(picture, word('download-one', { number: index + 1 }), String(index + 1)) : link(picture, word('download')),
  );
  return grid === undefined ? links : [...links, link(grid, word('download-grid'), '1+')];
}
