import { z } from 'zod';
import type { Preferences } from '#src/core/preferences.ts';
import { optionsSchema } from '#src/core/request.ts';
import { refusingWhenFull } from './failure.ts';
import { fromText, toText } from './json.ts';
import { nameSchema } from './names.ts';
import type { Database } from './tables.ts';

const personSchema = z.strictObject({ tenant: nameSchema, requester_id: nameSchema });

export function createPreferences(database: Database): Preferences {
  return {
    read: async (tenant, requesterId) => {
      const whose = personSchema.safeParse({ tenant, requester_id: requesterId });
      if (!whose.success) return {};
      const row = await database
        .selectFrom('preferences')
        .select('options')
        .where('tenant', '=', whose.data.tenant)
        .where('requester_id', '=', whose.data.requester_id)
        .executeTakeFirst();
      // What a newer version wrote is nothing rather than an error: people can choose again.
      return row === undefined ? {} : (optionsSchema.safeParse(fromText(row.options)).data ?? {});
    },
    write: async (tenant, requesterId, chosen) => {
      const whose = personSchema.parse({ tenant, requester_id: requesterId });
      const options = toText(optionsSchema.parse(chosen), 'what a person prefers');
      await refusingWhenFull(() =>
        database
          .insertInto('preferences')
          .values({ ...whose, options })
          .onConflict((conflict) => conflict.columns(['tenant', 'requester_id']).doUpdateSet({ options }))
          .execute(),
      );
    },
  };
}
