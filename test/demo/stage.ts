/** Somebody whose eyes the page can look through. */
export interface Onlooker {
  readonly name: string;
  readonly locale: string;
  readonly isAdmin: boolean;
}

/** A file as the page hands it over: `field` says which option or field of a form it is for. */
export interface HandedFile {
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

export interface Picture {
  readonly type: string;
  readonly bytes: Buffer<ArrayBuffer>;
}

/** What a person learns at once of what they did; everything else comes with the next scene. */
export interface Outcome {
  /** A sentence that only they see, for a moment. */
  readonly notice?: string;
  /** What a field that completes itself offers. */
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
}

/** A strict stand-in with people in it, as the page and the product see it. */
export interface Stage {
  /** The page that shows it, in the folder `page`. */
  readonly page: string;
  readonly people: readonly Onlooker[];
  /** What the product has to be told to find the stand-in. */
  readonly environment: Readonly<Record<string, string>>;
  /** Resolves when the product is connected. */
  connected(): Promise<void>;
  /** Everything that this person sees, as plain JSON. */
  scene(person: string): object;
  /** Does what the page says that the person does. Rejects with what their client would not let them do. */
  act(person: string, deed: unknown, files: readonly HandedFile[]): Promise<Outcome>;
  picture(id: string): Promise<Picture | undefined>;
  onChange(listener: () => void): () => void;
  /** What the product did that it must never do. */
  violations(): readonly string[];
  close(): Promise<void>;
}
