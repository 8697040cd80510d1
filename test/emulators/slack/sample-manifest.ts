import { isObject, type JsonObject } from './json.ts';

/** A manifest of an app like the product, in either mode: what the emulator's own tests install. */
export function sampleManifest(mode: 'socket' | 'http' = 'socket', changes: JsonObject = {}): JsonObject {
  const url = mode === 'http' ? { url: 'https://product.example/slack/events' } : {};
  const manifest: JsonObject = {
    display_information: { name: 'Hoa Mi' },
    features: {
      bot_user: { display_name: 'hoami', always_online: true },
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      slash_commands: [{ command: '/imagine', description: 'Paint', usage_hint: 'a lighthouse --ar 16:9', ...url }],
      shortcuts: [
        { type: 'message', name: 'Transform this image', callback_id: 'transform', description: 'Paint it again, otherwise' },
        { type: 'global', name: 'Imagine', callback_id: 'imagine', description: 'Open the form' },
      ],
    },
    oauth_config: {
      redirect_urls: ['http://127.0.0.1'],
      scopes: {
        bot: [
          'commands',
          'chat:write',
          'files:read',
          'files:write',
          'app_mentions:read',
          'channels:history',
          'groups:history',
          'im:history',
        ],
        bot_optional: ['channels:join', 'channels:read', 'im:write', 'users:read', 'reactions:write'],
      },
    },
    settings: {
      event_subscriptions: {
        bot_events: [
          'app_mention',
          'message.channels',
          'message.groups',
          'message.im',
          'app_home_opened',
          'app_uninstalled',
          'tokens_revoked',
          'file_shared',
        ],
      },
      interactivity: { is_enabled: true },
      socket_mode_enabled: mode === 'socket',
    },
  };
  return merged(manifest, changes);
}

function merged(base: JsonObject, changes: JsonObject): JsonObject {
  const entries = Object.entries(changes).map(([name, value]): [string, unknown] => {
    const known = base[name];
    return [name, isObject(known) && isObject(value) ? merged(known, value) : value];
  });
  return { ...base, ...Object.fromEntries(entries) };
}
