import type { Given, ModelRules, Pictures } from './rules.ts';
import { COMMON_FIELDS, serviceBodySchema } from './service-fields.ts';
import { SERVICES } from './service-table.ts';

/** All thirteen answer to the ids of their profiles in three regions. */
export const IMAGE_SERVICES: readonly ModelRules[] = SERVICES.map((service) => ({
  id: `us.stability.${service.id}-v1:0`,
  regions: ['us-east-1', 'us-east-2', 'us-west-2'],
  priceMicros: service.priceMicros,
  dialect: 'service',
  shortName: service.name,
  body: {
    kind: 'object',
    required: Object.keys(service.required),
    fields: { ...service.required, ...service.optional, ...Object.fromEntries(service.common.map((name) => [name, COMMON_FIELDS[name]])) },
  },
  check: (json, pictures) => service.check?.(json, pictures),
  read(json, pictures) {
    const body = serviceBodySchema.parse(json);
    const { prompt, negative_prompt: negativePrompt, seed, output_format: format } = body;
    const edit = service.edit(body, (name) => givenIn(pictures, name), pictures);
    return { prompt, negativePrompt, seed, format, count: 1, work: { kind: 'edit', edit } };
  },
}));

/** To be had only through an inference profile, whose id begins with `us.`. */
export const PROFILE_ONLY_MODELS: readonly string[] = SERVICES.map(({ id }) => `stability.${id}-v1:0`);

function givenIn(pictures: Pictures, name: string): Given {
  const given = pictures[name];
  if (given === undefined) throw new Error(`${name} was checked to be there`);
  return given;
}
