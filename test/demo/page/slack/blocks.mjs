import { element } from '../element.mjs';
import { mention, said } from './text.mjs';

/**
 * Blocks as Slack shows them, those that the product uses.
 * @param {readonly any[]} blocks
 * @param {any} scene
 * @param {(name: string, node: any, entered?: string) => void} press is told `block_id/action_id`
 */
export const drawBlocks = (blocks, scene, press) => blocks.map((block) => drawBlock(block, scene, press));

function drawBlock(block, scene, press) {
  switch (block.type) {
    case 'section':
      return element(
        'div',
        { className: 'section' },
        element(
          'div',
          { className: 'section-text' },
          said(block.text, scene),
          ...(block.fields ?? []).map((field) => element('p', {}, said(field, scene))),
        ),
        block.accessory === undefined ? undefined : drawElement(block, block.accessory, scene, press),
      );
    case 'header':
      return element('h3', { className: 'header' }, said(block.text, scene));
    case 'divider':
      return element('hr');
    case 'context':
      return element(
        'div',
        { className: 'context' },
        block.elements.map((part) => element('span', {}, part.type === 'image' ? part.alt_text : said(part, scene))),
      );
    case 'actions':
      return element(
        'div',
        { className: 'actions' },
        block.elements.map((part) => drawElement(block, part, scene, press)),
      );
    case 'rich_text':
      return element('div', { className: 'section-text' }, richNodes(block.elements, scene));
    case 'markdown':
      return element('div', { className: 'section-text' }, block.text);
    case 'image':
      return element('figure', { className: 'block-image' }, pictureOf(block), element('figcaption', {}, said(block.title, scene)));
    default:
      return element('p', { className: 'unknown' }, `[${block.type}]`);
  }
}

/** A picture of a block, if it is one of the workspace's own files: this page loads nothing from elsewhere. */
const pictureOf = ({ slack_file: file, alt_text: alt }) =>
  file?.id === undefined ? element('span', {}, alt) : element('img', { src: `/picture/${file.id}`, alt });

function drawElement(block, part, scene, press) {
  const name = `${block.block_id}/${part.action_id}`;
  if (part.type === 'button') {
    const className = `button ${part.style ?? ''}`;
    return element('button', { type: 'button', className, onclick: () => press(name, part) }, said(part.text, scene));
  }
  if (part.type === 'static_select' || part.type === 'overflow') {
    const options = part.options.map((option) => element('option', { value: option.value }, option.text.text));
    const change = (event) => press(name, part, event.target.value);
    return element(
      'select',
      { className: 'button', onchange: change },
      element('option', { value: '' }, part.placeholder?.text ?? '⋯'),
      options,
    );
  }
  if (part.type === 'image') return element('img', { className: 'accessory', src: `/picture/${part.slack_file?.id}`, alt: part.alt_text });
  return element('span', { className: 'unknown' }, `[${part.type}]`);
}

function richNodes(parts, scene) {
  return parts.flatMap((part) => {
    if (part.type === 'rich_text_preformatted') return [element('pre', { className: 'preformatted' }, richNodes(part.elements, scene))];
    if (part.elements !== undefined) return richNodes(part.elements, scene);
    if (part.type === 'user') return [mention(part.user_id, scene)];
    if (part.type === 'link') return [element('a', { href: part.url, target: '_blank', rel: 'noreferrer' }, part.text ?? part.url)];
    return [part.text ?? ''];
  });
}
