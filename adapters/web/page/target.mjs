import { button, element } from './element.mjs';
import { drawPicture } from './picture.mjs';
import { word } from './words.mjs';

/** The picture that what is asked will change, over the field. */
export function createTarget() {
  const shown = element('div', { className: 'target', hidden: true });
  let current;
  const set = (view) => {
    current = view?.answer === undefined || view.answer.clip !== undefined ? undefined : view;
    shown.hidden = current === undefined;
    shown.replaceChildren(...(current === undefined ? [] : draw(current)));
  };
  const draw = ({ answer }) => [
    drawPicture({ ...answer.pictures[0], alt: '' }, '3rem'),
    element('span', {}, word('changing', { title: answer.title })),
    button('close', word('changing-stop'), () => set(undefined), { quiet: true }),
  ];
  return { shown, set, get: () => current };
}
