import { z } from 'zod';

const NAME_LENGTH_MAX = 200;

/** A text that both databases keep as it is and compare alike: PostgreSQL has no NUL, and half a character becomes another one in UTF-8. */
export const nameSchema = z
  .string()
  .min(1)
  .max(NAME_LENGTH_MAX)
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'a NUL or half a character');
