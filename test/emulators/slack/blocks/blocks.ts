import { z } from 'zod';
import { accessory, actionsElement, contextAction, contextElement, inputElement } from './elements.ts';
import { richText } from './rich-text.ts';
import { anyText, blockId, button, hasOnePicture, imageElement, mrkdwn, ONE_PICTURE, picture, plainText, webUrl } from './text.ts';

const section = z
  .strictObject({
    type: z.literal('section'),
    block_id: blockId,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine(({ text, fields }) => text !== undefined || fields !== undefined, 'must provide text or fields');
const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: blockId,
  elements: z.array(actionsElement).min(1).max(25),
});
const context = z.strictObject({
  type: z.literal('context'),
  block_id: blockId,
  elements: z.array(contextElement).min(1).max(10),
});
const contextActions = z.strictObject({
  type: z.literal('context_actions'),
  block_id: blockId,
  elements: z.array(contextAction).min(1).max(5),
});
const divider = z.strictObject({ type: z.literal('divider'), block_id: blockId });
const header = z.strictObject({ type: z.literal('header'), block_id: blockId, text: plainText(150) });
const image = z
  .strictObject({
    type: z.literal('image'),
    block_id: blockId,
    alt_text: z.string().min(1).max(2000),
    title: plainText(2000).optional(),
    ...picture,
  })
  .refine(hasOnePicture, ONE_PICTURE);
const input = z.strictObject({
  type: z.literal('input'),
  block_id: blockId,
  label: plainText(2000),
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: inputElement,
});
const markdown = z.strictObject({ type: z.literal('markdown'), block_id: blockId, text: z.string().min(1).max(12_000) });
const alert = z.strictObject({
  type: z.literal('alert'),
  block_id: blockId,
  text: anyText(3000),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});
const card = z
  .strictObject({
    type: z.literal('card'),
    block_id: blockId,
    hero_image: imageElement.optional(),
    icon: imageElement.optional(),
    title: mrkdwn(150).optional(),
    subtitle: mrkdwn(150).optional(),
    body: mrkdwn(200).optional(),
    actions: z.array(button).min(1).max(25).optional(),
  })
  .refine(
    ({ hero_image, title, body, actions: pressed }) => [hero_image, title, body, pressed].some((part) => part !== undefined),
    'must provide at least one of hero_image, title, actions, body',
  );
const carousel = z.strictObject({ type: z.literal('carousel'), block_id: blockId, elements: z.array(card).min(1).max(10) });
const video = z.strictObject({
  type: z.literal('video'),
  block_id: blockId,
  alt_text: z.string().min(1).max(2000),
  video_url: webUrl.regex(/^https:/),
  thumbnail_url: webUrl,
  title: plainText(199),
  title_url: webUrl.regex(/^https:/).optional(),
  description: plainText(200).optional(),
  author_name: z.string().max(49).optional(),
  provider_name: z.string().max(75).optional(),
  provider_icon_url: webUrl.optional(),
});

const everywhere = [section, actions, context, divider, header, image, input, richText] as const;
const inMessages = [...everywhere, contextActions, markdown, alert, card, carousel, video] as const;

export const messageBlocks = z.array(z.discriminatedUnion('type', inMessages)).max(50);

const inViews = z.array(z.discriminatedUnion('type', everywhere)).min(1).max(100);
const view = {
  blocks: inViews,
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().min(1).max(255).optional(),
  external_id: z.string().min(1).max(255).optional(),
};
const modal = z
  .strictObject({
    type: z.literal('modal'),
    title: plainText(24),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
    ...view,
  })
  .refine(
    ({ submit, blocks }) => submit !== undefined || blocks.every(({ type }) => type !== 'input'),
    'submit is required when an input block is within blocks array',
  );
const home = z.strictObject({ type: z.literal('home'), ...view });

export const anyView = z.discriminatedUnion('type', [modal, home]);
