import { z } from 'zod';

const words = (max: number): z.ZodString => z.string().min(1).max(max);

const commandSchema = z.strictObject({
  command: words(32).regex(/^\/[^\s/]+$/),
  description: words(2000),
  usage_hint: z.string().max(1000).optional(),
  should_escape: z.boolean().optional(),
  url: z.url().optional(),
});

const shortcutSchema = z.strictObject({
  type: z.enum(['global', 'message']),
  name: words(24),
  callback_id: words(255),
  description: words(150),
});

const settingsSchema = z.strictObject({
  event_subscriptions: z.strictObject({ request_url: z.url().optional(), bot_events: z.array(z.string()).max(100).optional() }).optional(),
  interactivity: z
    .strictObject({ is_enabled: z.boolean(), request_url: z.url().optional(), message_menu_options_url: z.url().optional() })
    .optional(),
  allowed_ip_address_ranges: z.array(z.string()).optional(),
  org_deploy_enabled: z.boolean().optional(),
  socket_mode_enabled: z.boolean().optional(),
  token_rotation_enabled: z.boolean().optional(),
  is_hosted: z.boolean().optional(),
});

const scopes = z.array(z.string()).max(255).optional();

/** The app's manifest as it is pasted into Slack, with the published limits of its fields. */
const manifestSchema = z.strictObject({
  _metadata: z.strictObject({ major_version: z.int(), minor_version: z.int() }).optional(),
  display_information: z.strictObject({
    name: words(35),
    description: z.string().max(140).optional(),
    background_color: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i)
      .optional(),
    long_description: z.string().min(174).max(4000).optional(),
  }),
  features: z.strictObject({
    bot_user: z.strictObject({ display_name: words(80), always_online: z.boolean().optional() }),
    app_home: z
      .strictObject({
        home_tab_enabled: z.boolean().optional(),
        messages_tab_enabled: z.boolean().optional(),
        messages_tab_read_only_enabled: z.boolean().optional(),
      })
      .optional(),
    agent_view: z
      .strictObject({
        agent_description: words(300),
        suggested_prompts: z
          .array(z.strictObject({ title: words(200), message: words(4000) }))
          .max(4)
          .optional(),
      })
      .optional(),
    slash_commands: z.array(commandSchema).max(50).optional(),
    shortcuts: z.array(shortcutSchema).max(10).optional(),
    unfurl_domains: z.array(z.string()).max(5).optional(),
  }),
  oauth_config: z.strictObject({
    redirect_urls: z.array(z.url()).max(1000).optional(),
    scopes: z.strictObject({ bot: scopes, bot_optional: scopes, user: scopes, user_optional: scopes }),
  }),
  settings: settingsSchema,
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Throws with every mistake in it, as the page of Slack that takes manifests does. */
export function parseManifest(json: unknown): Manifest {
  const manifest = manifestSchema.parse(json);
  const asksForUrl = manifest.settings.socket_mode_enabled !== true;
  for (const { command, url } of manifest.features.slash_commands ?? []) {
    if (asksForUrl && url === undefined) throw new Error(`the manifest has no url for ${command}, and Socket Mode is off`);
  }
  return manifest;
}

/** What an install grants when nobody takes an optional scope away. An app with an agent's view also writes as one. */
export function manifestScopes({ oauth_config, features }: Manifest): readonly string[] {
  const { bot = [], bot_optional = [] } = oauth_config.scopes;
  return [...bot, ...bot_optional, ...(features.agent_view === undefined ? [] : ['assistant:write'])];
}
