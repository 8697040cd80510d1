/** What the first bytes say a file is. */
export type Found =
  | { readonly kind: 'picture'; readonly format: 'jpeg' | 'png' | 'webp' | 'gif' | 'heif' }
  /** `name` is the same word in every language. */
  | { readonly kind: 'other'; readonly name: string };

/** Enough to see a mark and the brands of a HEIF file. */
const LOOK_BYTES = 512;

const picture = (format: (Found & { kind: 'picture' })['format']): Found => ({ kind: 'picture', format });
const other = (name: string): Found => ({ kind: 'other', name });

type Mark = readonly [offset: number, text: string];

/** The first row of which every mark is in its place. */
const ROWS: readonly (readonly [found: Found, ...marks: Mark[]])[] = [
  [picture('jpeg'), [0, '\xff\xd8\xff']],
  [picture('png'), [0, '\x89PNG\r\n\x1a\n']],
  [picture('webp'), [0, 'RIFF'], [8, 'WEBP']],
  [picture('gif'), [0, 'GIF87a']],
  [picture('gif'), [0, 'GIF89a']],
  [other('PDF'), [0, '%PDF-']],
  [other('TIFF'), [0, 'II*\0']],
  [other('TIFF'), [0, 'MM\0*']],
  [other('BMP'), [0, 'BM'], [6, '\0\0\0\0']],
  [other('ICO'), [0, '\0\0\x01\0']],
  [other('PSD'), [0, '8BPS']],
  [other('JPEG XL'), [0, '\xff\x0a']],
  [other('JPEG XL'), [4, 'JXL ']],
  [other('JPEG 2000'), [4, 'jP  ']],
  [other('ZIP'), [0, 'PK\x03\x04']],
  [other('GZIP'), [0, '\x1f\x8b']],
  [other('WebM'), [0, '\x1aE\xdf\xa3']],
  [other('MP3'), [0, 'ID3']],
  [other('RIFF'), [0, 'RIFF']],
];

const PICTURE_BRAND = /^(?:avif|avis|heic|heix|hevc|hevx|heim|heis|mif1|msf1)$/;

/** Looks at the bytes and at nothing else: names and declared types are what somebody says. */
export function sniff(bytes: Uint8Array): Found {
  const first = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, LOOK_BYTES));
  const start = first.toString('latin1');
  const row = ROWS.find(([, ...marks]) => marks.every(([offset, text]) => start.startsWith(text, offset)));
  return row?.[0] ?? sniffBoxes(start) ?? sniffText(first.toString('utf8'));
}

/** Files made of boxes begin with one that lists what they are compatible with. Videos are made so, too. */
function sniffBoxes(start: string): Found | undefined {
  if (start.slice(4, 8) !== 'ftyp') return undefined;
  const lengthBytes = Buffer.from(start.slice(0, 4), 'latin1').readUInt32BE();
  const brands = start.slice(8, lengthBytes).match(/[^]{4}/g) ?? [];
  return brands.some((brand) => PICTURE_BRAND.test(brand)) ? picture('heif') : other('MP4');
}

function sniffText(text: string): Found {
  if (/<svg[\s>]/i.test(text)) return other('SVG');
  if (/^\s*<(?:!doctype html|html|head|body)\b/i.test(text)) return other('HTML');
  if (/^\s*<\?xml\b/i.test(text)) return other('XML');
  // The last character may have been cut in two.
  const isText = !/[^\P{Cc}\s]|\uFFFD(?!$)/u.test(text);
  return other(isText ? 'TXT' : 'BIN');
}
