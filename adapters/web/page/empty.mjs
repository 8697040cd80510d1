import { element } from './element.mjs';
import { word } from './words.mjs';

/** A flag and its value stay on one line: nobody reads `--` as the end of one and `ar` as the beginning of the next. */
const unbroken = (text) =>
  text.split(/(--\S+ \S+)/).map((part) => (part.startsWith('--') ? element('span', { className: 'unbroken' }, part) : part));

/** What a channel shows before anything was said in it. `example` is called with the command that somebody wants to try. */
export function drawEmpty(example) {
  const examples = [word('example-one'), word('example-two'), word('example-three')].map((words) => `/imagine ${words}`);
  const chips = examples.map((text) =>
    element('button', { type: 'button', className: 'chip', onclick: () => example(text) }, ...unbroken(text)),
  );
  return element(
    'div',
    { className: 'empty', hidden: true },
    element('img', { src: '/assets/mark.svg', alt: '', width: 72, height: 72 }),
    element('h2', {}, word('empty-title')),
    element('p', {}, word('empty-words')),
    element('div', { className: 'chips' }, ...chips),
  );
}
