import { z } from 'zod';

/** What the stage is told to do, one order after the other. Rooms are channels; every one that is asked for a picture in is counted from 0. */
export const orderSchema = z.discriminatedUnion('do', [
  /** How many connections of the bot are open. */
  z.strictObject({ do: z.literal('count-connections') }),
  /** So many people ask: all at once, or so many a second whatever becomes of them. Over when everybody was answered, or was not. */
  z.strictObject({ do: z.literal('ask'), count: z.int(), perSecond: z.number().optional(), wish: z.enum(['picture', 'clip']) }),
  /** One after the other: each waits for their picture. */
  z.strictObject({ do: z.literal('wait'), count: z.int() }),
  /** How many of what was asked for hang in each room that the last `ask` was in. */
  z.strictObject({ do: z.literal('look') }),
  /** What the bot did that no correct program does. */
  z.strictObject({ do: z.literal('judge') }),
]);
export type Order = z.output<typeof orderSchema>;

export const askedSchema = z.strictObject({
  /** From the sending of a request until its acknowledgement arrived; of those that nobody took it is the time until that was clear. */
  toldMs: z.array(z.number()),
  /** How many were told no, or nothing within the platform's time. */
  turnedAway: z.int(),
  /** How much later than due each was sent, for the stage itself was busy. */
  lateMs: z.array(z.number()),
});
export type Asked = z.output<typeof askedSchema>;

/** What the stage says first: what a bot has to be told to reach this platform. */
export const openingSchema = z.record(z.string(), z.string());
export const replySchema = z.union([z.strictObject({ result: z.unknown() }), z.strictObject({ error: z.string() })]);
