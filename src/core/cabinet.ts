import type { Json } from './request.ts';

/** Room for what a platform has to remember that belongs to no request: installations, sessions, sign-ins. A drawer belongs to one adapter. */
export interface Cabinet {
  read(drawer: string, name: string): Promise<Json | undefined>;
  /** Durable when it resolves; the same name again takes the earlier value's place. */
  write(drawer: string, name: string, value: Json): Promise<void>;
  /** Removing what is not there is no error. */
  remove(drawer: string, name: string): Promise<void>;
  /** In the order of the names, `CABINET_LIST_MAX` at most. */
  list(drawer: string): Promise<readonly { readonly name: string; readonly value: Json }[]>;
}

export const CABINET_LIST_MAX = 1000;
