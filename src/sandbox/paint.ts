/** What a picture is painted from. The same order gives the same bytes. */
export interface PaintOrder {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  readonly format: 'png' | 'jpeg' | 'webp';
  /** A picture to transform, and how far: 0 keeps it, 1 ignores it. */
  readonly image?: Uint8Array;
  readonly strength?: number;
}

export type Paint = (order: PaintOrder) => Promise<Buffer>;
