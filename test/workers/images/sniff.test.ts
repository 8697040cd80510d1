import { assert, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sniff } from '#workers/images/sniff.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const boxes = (...brands: readonly string[]): Buffer => {
  const box = bytes(`\0\0\0\0ftyp${brands.join('')}`);
  box.writeUInt32BE(box.byteLength);
  return box;
};

describe('the kind of a file', () => {
  it.each([
    ['jpeg', bytes('\xff\xd8\xff\xe1')],
    ['png', bytes('\x89PNG\r\n\x1a\n')],
    ['webp', bytes('RIFF\x10\0\0\0WEBPVP8X')],
    ['gif', bytes('GIF87a')],
    ['gif', bytes('GIF89a')],
    ['heif', boxes('heic', '\0\0\0\0', 'mif1', 'heic')],
    ['heif', boxes('mif1', '\0\0\0\0', 'mif1', 'avif')],
    ['heif', boxes('avif', '\0\0\0\0', 'mif1')],
  ])('is the picture format %s', (format, file) => {
    expect(sniff(file)).toEqual({ kind: 'picture', format });
  });

  it.each([
    ['PDF', bytes('%PDF-1.4')],
    ['TIFF', bytes('II*\0')],
    ['TIFF', bytes('MM\0*')],
    ['BMP', bytes('BM\x10\0\0\0\0\0\0\0')],
    ['ICO', bytes('\0\0\x01\0\x01')],
    ['PSD', bytes('8BPS')],
    ['JPEG XL', bytes('\xff\x0a')],
    ['JPEG 2000', bytes('\0\0\0\x0cjP  \r\n')],
    ['ZIP', bytes('PK\x03\x04')],
    ['MP4', boxes('isom', '\0\0\0\0', 'mp42')],
    ['RIFF', bytes('RIFF\x10\0\0\0WAVE')],
    ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['SVG', bytes('\xef\xbb\xbf<?xml version="1.0"?>\n<!DOCTYPE svg>\n<svg>')],
    ['HTML', bytes('\n<!DOCTYPE html><html>')],
    ['XML', bytes('<?xml version="1.0"?><feed/>')],
    ['TXT', Buffer.from('một con mèo')],
    ['BIN', bytes('\x01\x02\x03')],
    ['MP4', bytes('\0\0\0\x08ftyp')],
  ])('is %s, which is no picture we take', (name, file) => {
    expect(sniff(file)).toEqual({ kind: 'other', name });
  });

  it('is found in any bytes whatever', () => {
    assert(
      property(uint8Array({ maxLength: 600 }), (file) => {
        expect(['picture', 'other']).toContain(sniff(file).kind);
      }),
    );
  });
});
