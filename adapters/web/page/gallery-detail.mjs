import { get } from './api.mjs';
import { drawClip } from './clip.mjs';
import { byId, element } from './element.mjs';
import { drawMessage } from './message.mjs';
import { drawPicture } from './picture.mjs';
import { go } from './place.mjs';
import { sayFullTime, word } from './words.mjs';

const SIZES = '(max-width: 60rem) 95vw, 60vw';

/**
 * One result, big, with everything that was said of it. The arrows go to its neighbours.
 * @param {{ doing: object, step: (id: string | undefined, by: number) => string | undefined }} options
 */
export function createDetail({ doing, step }) {
  const dialog = byId('detail');
  const body = byId('detail-body');
  let current;

  const close = () => go({ view: 'gallery' });

  function draw(view) {
    const big = element('figure', { className: 'big' });
    if (view.answer?.clip !== undefined) big.append(drawClip(view.answer, { lang: view.language }));
    else for (const one of view.answer?.pictures ?? []) big.append(drawPicture(one, SIZES, { lang: view.language, eager: true }));
    const words = element('div', { className: 'big-words' }, drawMessage(view, { place: 'gallery', doing }));
    words.append(element('p', { className: 'hint' }, sayFullTime(view.acceptedAt)));
    if (view.room !== undefined)
      words.append(element('button', { type: 'button', className: 'button', onclick: () => doing.open(view) }, word('gallery-thread')));
    body.replaceChildren(big, words);
    dialog.setAttribute('aria-label', view.answer?.title ?? word('gallery'));
  }

  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    close();
  });
  dialog.addEventListener('click', (event) => event.target === dialog && close());
  byId('detail-close').addEventListener('click', close);
  dialog.addEventListener('keydown', (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const id = by === undefined ? undefined : step(current?.id, by);
    if (id !== undefined) go({ view: 'gallery', id }, { replace: true });
  });

  return {
    show: async (id, known) => {
      current = undefined;
      if (id === undefined) {
        if (dialog.open) dialog.close();
        return;
      }
      try {
        current = known ?? (await get(`/api/requests/${encodeURIComponent(id)}`));
      } catch {
        close();
        return;
      }
      draw(current);
      if (!dialog.open) dialog.showModal();
      body.scrollTop = 0;
    },
    change: (view) => {
      if (current?.id !== view.id) return;
      current = view;
      draw(view);
    },
  };
}
