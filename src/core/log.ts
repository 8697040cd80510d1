/** Values a log line may carry: ids, codes, counts, times. Never a prompt, never a secret. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Events are short names (`request-accepted`), so that lines can be counted. An error contributes its name, code and stack, never its fields. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields, error?: unknown): void;
  error(event: string, fields?: LogFields, error?: unknown): void;
}
