import { z } from 'zod';
import { validation, type ServiceError } from './errors.ts';

const MODEL_ID = /^[a-zA-Z_.\-/0-9:]+$/;
const S3_URI = /^s3:\/\/[a-z0-9][.\-a-z0-9]{1,61}[a-z0-9](\/.*)?$/;
const KMS_KEY = /^arn:aws(-[^:]+)?:kms:[a-zA-Z0-9-]*:[0-9]{12}:((key\/[a-zA-Z0-9-]{36})|(alias\/[a-zA-Z0-9-_/]+))$/;
/** What the live service takes: the documents' own pattern takes more. */
const TOKEN = /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/;
const TAG = /^[a-zA-Z0-9\s._:/=+@-]*$/;

/** The body of StartAsyncInvoke (Amazon Bedrock API reference). That members nobody knows are refused is the sandbox's own strictness. */
const startSchema = z.strictObject({
  modelId: z.string().min(1).max(256).regex(MODEL_ID),
  modelInput: z.record(z.string(), z.unknown()),
  outputDataConfig: z.strictObject({
    s3OutputDataConfig: z.strictObject({
      s3Uri: z.string().min(1).max(1024).regex(S3_URI),
      kmsKeyId: z.string().min(1).max(2048).regex(KMS_KEY).optional(),
      bucketOwner: z
        .string()
        .regex(/^[0-9]{12}$/)
        .optional(),
    }),
  }),
  tags: z
    .array(z.strictObject({ key: z.string().min(1).max(128).regex(TAG), value: z.string().max(256).regex(TAG) }))
    .max(200)
    .optional(),
  clientRequestToken: z.string().min(1).max(256).regex(TOKEN).optional(),
});
export type StartBody = z.infer<typeof startSchema>;

/** A body that the service would look into, or what it says of it: every violation in one message. */
export function readStart(body: Buffer): StartBody | ServiceError {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    return { ...validation('The request body is not valid JSON.'), type: 'SerializationException' };
  }
  const parsed = startSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const said = parsed.error.issues.map((issue) => `${valueAt(json, issue.path)} failed to satisfy constraint: ${constraintOf(issue)}`);
  return validation(`${said.length} validation error${said.length === 1 ? '' : 's'} detected: ${said.join('; ')}`);
}

function valueAt(json: unknown, path: readonly PropertyKey[]): string {
  let value = json;
  for (const name of path) value = z.record(z.string(), z.unknown()).safeParse(value).data?.[String(name)];
  const shown = typeof value === 'string' ? `'${value}'` : value === undefined || value === null ? 'null' : `'${JSON.stringify(value)}'`;
  return `Value ${shown} at '${path.map(String).join('.')}'`;
}

function constraintOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_format':
      return `Member must satisfy regular expression pattern: ${issue.pattern?.slice(2, -2) ?? ''}`;
    case 'too_small':
      return `Member must have length greater than or equal to ${issue.minimum}`;
    case 'too_big':
      return `Member must have length less than or equal to ${issue.maximum}`;
    case 'unrecognized_keys':
      return `Member must not have ${issue.keys.join(', ')}`;
    default:
      return 'Member must not be null';
  }
}
