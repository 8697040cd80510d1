import { z } from 'zod';

/** What Discord sends, as far as it is read here: other members are let by, for new ones come all the time. */

const snowflake = z.string().regex(/^\d{15,20}$/);

const userSchema = z.object({ id: snowflake, username: z.string(), global_name: z.string().nullish(), bot: z.boolean().optional() });
export type User = z.infer<typeof userSchema>;

export const attachmentSchema = z.object({
  id: snowflake,
  filename: z.string(),
  url: z.string(),
  content_type: z.string().nullish(),
  size: z.number().optional(),
  flags: z.int().default(0),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** What may show pictures. Embeds and components nest and grow: whoever looks for something in them looks with care. */
const showing = {
  content: z.string().default(''),
  attachments: z.array(attachmentSchema).default([]),
  embeds: z.array(z.unknown()).default([]),
  components: z.array(z.unknown()).default([]),
};
const snapshotSchema = z.object({ message: z.object(showing) });

const referencedSchema = z.object({
  ...showing,
  id: snowflake,
  channel_id: snowflake,
  author: userSchema,
  flags: z.int().default(0),
  message_snapshots: z.array(snapshotSchema).default([]),
});
export type ShownMessage = z.infer<typeof referencedSchema>;

export const messageSchema = z.object({
  ...referencedSchema.shape,
  guild_id: snowflake.optional(),
  webhook_id: snowflake.optional(),
  mentions: z.array(userSchema).default([]),
  message_reference: z.object({ type: z.int().optional(), message_id: snowflake.optional(), channel_id: snowflake.optional() }).nullish(),
  referenced_message: referencedSchema.nullish(),
});
export type Message = z.infer<typeof messageSchema>;

const channelSchema = z.object({ id: snowflake, type: z.int(), nsfw: z.boolean().optional(), parent_id: snowflake.nullish() });

const common = {
  id: snowflake,
  application_id: snowflake,
  token: z.string(),
  guild_id: snowflake.optional(),
  channel_id: snowflake.optional(),
  channel: channelSchema.optional(),
  member: z.object({ user: userSchema, permissions: z.string() }).optional(),
  user: userSchema.optional(),
  locale: z.string().optional(),
  app_permissions: z.string().default('0'),
  authorizing_integration_owners: z.record(z.string(), z.string()).default({}),
  context: z.int().nullish(),
  attachment_size_limit: z.number().optional(),
};

const optionSchema = z.object({
  name: z.string(),
  type: z.int(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  focused: z.boolean().optional(),
});
export type CommandOption = z.infer<typeof optionSchema>;

const commandData = z.object({
  name: z.string(),
  target_id: snowflake.optional(),
  options: z.array(optionSchema).default([]),
  resolved: z
    .object({
      attachments: z.record(z.string(), attachmentSchema).default({}),
      messages: z.record(z.string(), referencedSchema.omit({ author: true }).extend({ author: userSchema.optional() })).default({}),
    })
    .default({ attachments: {}, messages: {} }),
});

const fieldSchema = z.object({ custom_id: z.string(), value: z.string().nullish(), values: z.array(z.string()).optional() });
const modalData = z.object({
  custom_id: z.string(),
  components: z.array(z.object({ component: fieldSchema.optional() })),
});

const commandSchema = z.object({ ...common, type: z.literal(2), data: commandData });
const completionSchema = z.object({ ...common, type: z.literal(4), data: commandData });
const pressSchema = z.object({ ...common, type: z.literal(3), data: z.object({ custom_id: z.string() }), message: referencedSchema });
const modalSchema = z.object({ ...common, type: z.literal(5), data: modalData, message: referencedSchema.optional() });

export const interactionSchema = z.discriminatedUnion('type', [commandSchema, completionSchema, pressSchema, modalSchema]);
export type Interaction = z.infer<typeof interactionSchema>;
export type CommandInteraction = z.infer<typeof commandSchema>;
export type CompletionInteraction = z.infer<typeof completionSchema>;
export type PressInteraction = z.infer<typeof pressSchema>;
export type ModalInteraction = z.infer<typeof modalSchema>;

/** What REST answers when something was posted or looked up. */
export const postedSchema = z.object({
  id: snowflake,
  channel_id: snowflake,
  author: userSchema.optional(),
  components: z.array(z.unknown()).default([]),
  attachments: z.array(attachmentSchema).default([]),
});
export type Posted = z.infer<typeof postedSchema>;
export const createdSchema = z.object({ id: snowflake });

const DISCORD_EPOCH_MS = 1_420_070_400_000;

/** When Discord made an id, in milliseconds since 1970. */
export const timeOf = (id: string): number => Number(BigInt(id) >> 22n) + DISCORD_EPOCH_MS;
/** The smallest id of that time: for looking only at what came after it. */
export const idAt = (time: number): string => String(BigInt(Math.max(0, Math.floor(time) - DISCORD_EPOCH_MS)) << 22n);
