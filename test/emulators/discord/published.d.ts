/** The package holds Discord's published schemas as a program without types: these are the ones asked for here. */
declare module 'discord-api-spec/zod' {
  import type { ZodMiniType } from 'zod/mini';
  type Published = ZodMiniType;
  export const ApplicationCommandAutocompleteCallbackRequestSchema: Published;
  export const ApplicationCommandCreateRequestSchema: Published;
  export const ApplicationCommandPatchRequestPartialSchema: Published;
  export const ApplicationCommandResponseSchema: Published;
  export const ApplicationCommandUpdateRequestSchema: Published;
  export const ApplicationFormPartialSchema: Published;
  export const CreateMessageInteractionCallbackRequestSchema: Published;
  export const CreatePrivateChannelRequestSchema: Published;
  export const CreateTextThreadWithMessageRequestSchema: Published;
  export const CreateTextThreadWithoutMessageRequestSchema: Published;
  export const GatewayBotResponseSchema: Published;
  export const GuildMemberResponseSchema: Published;
  export const IncomingWebhookRequestPartialSchema: Published;
  export const IncomingWebhookUpdateRequestPartialSchema: Published;
  export const InteractionCallbackResponseSchema: Published;
  export const MessageCreateRequestSchema: Published;
  export const MessageEditRequestPartialSchema: Published;
  export const MessageResponseSchema: Published;
  export const ModalInteractionCallbackRequestSchema: Published;
  export const MyGuildResponseSchema: Published;
  export const PongInteractionCallbackRequestSchema: Published;
  export const PrivateApplicationResponseSchema: Published;
  export const PrivateChannelResponseSchema: Published;
  export const ThreadResponseSchema: Published;
  export const UpdateMessageInteractionCallbackRequestSchema: Published;
  export const UpdateThreadRequestPartialSchema: Published;
  export const UserPIIResponseSchema: Published;
}
