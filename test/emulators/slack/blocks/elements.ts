import { z } from 'zod';
import { actionId, button, imageElement, interactive, mrkdwn, option, options, plainText, webUrl } from './text.ts';

const placeholder = plainText(150).optional();
const focus_on_load = z.boolean().optional();
const written = { action_id: actionId, placeholder, focus_on_load };
const chosen = { ...interactive, placeholder, focus_on_load };
const dispatch_action_config = z
  .strictObject({ trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).min(1) })
  .optional();
const filter = z
  .strictObject({
    include: z
      .array(z.enum(['im', 'mpim', 'private', 'public']))
      .min(1)
      .optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .optional();
const groups = z
  .array(z.strictObject({ label: plainText(75), options: options(100) }))
  .min(1)
  .max(100);
const lists = { options: options(100).optional(), option_groups: groups.optional() };
const max_selected_items = z.int().min(1).optional();
const hasOneList = (element: { options?: unknown; option_groups?: unknown }): boolean =>
  (element.options === undefined) !== (element.option_groups === undefined);
const ONE_LIST = 'must provide either options or option_groups, and not both';

const staticSelect = z
  .strictObject({ type: z.literal('static_select'), ...chosen, ...lists, initial_option: option.optional() })
  .refine(hasOneList, ONE_LIST);
const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...chosen,
    ...lists,
    initial_options: options(100).optional(),
    max_selected_items,
  })
  .refine(hasOneList, ONE_LIST);
const usersSelect = z.strictObject({ type: z.literal('users_select'), ...chosen, initial_user: z.string().optional() });
const multiUsersSelect = z.strictObject({
  type: z.literal('multi_users_select'),
  ...chosen,
  initial_users: z.array(z.string()).optional(),
  max_selected_items,
});
const conversationsSelect = z.strictObject({
  type: z.literal('conversations_select'),
  ...chosen,
  initial_conversation: z.string().optional(),
  default_to_current_conversation: z.boolean().optional(),
  response_url_enabled: z.boolean().optional(),
  filter,
});
const channelsSelect = z.strictObject({
  type: z.literal('channels_select'),
  ...chosen,
  initial_channel: z.string().optional(),
  response_url_enabled: z.boolean().optional(),
});
const overflow = z.strictObject({ type: z.literal('overflow'), ...interactive, options: options(5) });
const datepicker = z.strictObject({ type: z.literal('datepicker'), ...chosen, initial_date: z.iso.date().optional() });
const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...chosen,
  initial_time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  timezone: z.string().optional(),
});
const radioButtons = z.strictObject({
  type: z.literal('radio_buttons'),
  ...interactive,
  focus_on_load,
  options: options(10),
  initial_option: option.optional(),
});
const checkboxes = z.strictObject({
  type: z.literal('checkboxes'),
  ...interactive,
  focus_on_load,
  options: options(10),
  initial_options: options(10).optional(),
});

const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    ...written,
    initial_value: z.string().max(3000).optional(),
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(3000).optional(),
    max_length: z.int().min(1).max(3000).optional(),
    dispatch_action_config,
  })
  .refine(
    ({ initial_value = '', max_length = 3000 }) => initial_value.length <= max_length,
    'initial_value must not be longer than max_length',
  );
const number = z.string().regex(/^-?\d+(\.\d+)?$/);
const numberInput = z.strictObject({
  type: z.literal('number_input'),
  ...written,
  is_decimal_allowed: z.boolean(),
  initial_value: number.optional(),
  min_value: number.optional(),
  max_value: number.optional(),
  dispatch_action_config,
});
const urlInput = z.strictObject({
  type: z.literal('url_text_input'),
  ...written,
  initial_value: webUrl.optional(),
  dispatch_action_config,
});
const fileInput = z.strictObject({
  type: z.literal('file_input'),
  action_id: actionId,
  filetypes: z
    .array(z.string().regex(/^[a-z0-9]+$/))
    .min(1)
    .optional(),
  max_files: z.int().min(1).max(10).optional(),
});

const feedback = z.strictObject({
  text: plainText(75),
  value: z.string().min(1).max(2000),
  accessibility_label: z.string().min(1).max(75).optional(),
});
const feedbackButtons = z.strictObject({
  type: z.literal('feedback_buttons'),
  action_id: actionId,
  positive_button: feedback,
  negative_button: feedback,
});
const iconButton = z.strictObject({
  type: z.literal('icon_button'),
  ...interactive,
  icon: z.enum(['trash']),
  text: plainText(75),
  value: z.string().min(1).max(2000).optional(),
  accessibility_label: z.string().min(1).max(75).optional(),
  visible_to_user_ids: z.array(z.string()).optional(),
});

const selects = [staticSelect, usersSelect, conversationsSelect, channelsSelect] as const;
const multiSelects = [multiStaticSelect, multiUsersSelect] as const;
const pickers = [datepicker, timepicker, radioButtons, checkboxes] as const;

export const actionsElement = z.discriminatedUnion('type', [button, overflow, ...selects, ...multiSelects, ...pickers]);
export const accessory = z.discriminatedUnion('type', [button, overflow, imageElement, ...selects, ...multiSelects, ...pickers]);
export const inputElement = z.discriminatedUnion('type', [
  plainTextInput,
  numberInput,
  urlInput,
  fileInput,
  ...selects,
  ...multiSelects,
  ...pickers,
]);
export const contextElement = z.discriminatedUnion('type', [imageElement, plainText(3000), mrkdwn(3000)]);
export const contextAction = z.discriminatedUnion('type', [feedbackButtons, iconButton]);
