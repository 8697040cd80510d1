declare module 'heic-decode' {
  interface Pixels {
    readonly width: number;
    readonly height: number;
    readonly data: Uint8ClampedArray<ArrayBuffer>;
  }
  interface Undecoded {
    readonly width: number;
    readonly height: number;
    decode(): Promise<Pixels>;
  }
  interface HeicDecode {
    (file: { readonly buffer: Uint8Array }): Promise<Pixels>;
    /** Opens a file without decoding it: the sizes are known before the memory is taken. */
    all(file: { readonly buffer: Uint8Array }): Promise<readonly Undecoded[]>;
  }
  const decode: HeicDecode;
  export = decode;
}
