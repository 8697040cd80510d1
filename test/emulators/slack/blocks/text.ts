import { z } from 'zod';

/** The text objects and the confirmation dialog of Block Kit, with their published limits. Lengths are counted the longer way, in UTF-16. */
export const plainText = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(max), emoji: z.boolean().optional() });

export const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(max), verbatim: z.boolean().optional() });

export const anyText = (max: number) => z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);

export const blockId = z.string().min(1).max(255).optional();
/** Slack would make one up; an action without a name that the product knows is one that it cannot answer. */
export const actionId = z.string().min(1).max(255);
export const webUrl = z
  .string()
  .max(3000)
  .regex(/^https?:\/\/[^\s]+$/, 'must be a valid url');

const style = z.enum(['primary', 'danger']).optional();

const confirm = z
  .strictObject({ title: plainText(100), text: anyText(300), confirm: plainText(30), deny: plainText(30), style })
  .optional();

export const interactive = { action_id: actionId, confirm };

export const option = z.strictObject({
  text: anyText(75),
  value: z.string().min(1).max(75),
  description: anyText(75).optional(),
  url: webUrl.optional(),
});
export const options = (max: number, min = 1) => z.array(option).min(min).max(max);

export const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  action_id: actionId,
  value: z.string().min(1).max(2000).optional(),
  url: webUrl.optional(),
  style,
  confirm,
  accessibility_label: z.string().min(1).max(75).optional(),
});

const pictureOf = z.union([
  z.strictObject({ id: z.string().regex(/^F[A-Z0-9]{8,}$/, 'must be a valid file id') }),
  z.strictObject({ url: webUrl }),
]);

/** Where a picture comes from, one of the two: a public address, or a file that Slack already has. */
export const picture = { image_url: webUrl.optional(), slack_file: pictureOf.optional() };
export const hasOnePicture = ({ image_url, slack_file }: { image_url?: unknown; slack_file?: unknown }): boolean =>
  (image_url === undefined) !== (slack_file === undefined);
export const ONE_PICTURE = 'must provide either image_url or slack_file, and not both';

export const imageElement = z
  .strictObject({ type: z.literal('image'), alt_text: z.string().min(1).max(2000), ...picture })
  .refine(hasOnePicture, ONE_PICTURE);
