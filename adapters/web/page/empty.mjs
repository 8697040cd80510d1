import { element } from './element.mjs';
import { word } from './words.mjs';

/** What a channel shows before anything was said in it. `example` is called with the command that somebody wants to try. */
export function drawEmpty(example) {
  const examples = [word('example-one'), word('example-two'), word('example-three')].map((words) => `/imagine ${words}`);
  const chips = examples.map((text) => element('button', { type: 'button', className: 'chip', onclick: () => example(text) }, text));
  return element(
    'div',
    { className: 'empty', hidden: true },
    element('img', { src: '/assets/mark.svg', alt: '', width: 72, height: 72 }),
    element('h2', {}, word('empty-title')),
    element('p', {}, word('empty-words')),
    element('div', { className: 'chips' }, ...chips),
  );
}
