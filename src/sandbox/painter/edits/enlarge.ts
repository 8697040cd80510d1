import sharp from 'sharp';
import { markDrawing } from '../mark.ts';
import type { PaintOrder } from '../paint.ts';

/**
 * Exactly so many pixels; `crisp` sharpens what was blurred by it and strengthens the contrast. Sixteen megapixels are the library's work from the
 * first to the last, so that everybody else is answered meanwhile.
 */
export async function enlarge(
  image: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  crisp: number,
  format: PaintOrder['format'],
): Promise<Buffer> {
  const large = sharp(image).autoOrient().toColourspace('srgb').resize(width, height, { fit: 'fill', kernel: 'cubic' });
  const finished = crisp > 0 ? large.sharpen().linear(1 + crisp / 8, -12 * crisp) : large;
  const mark = finished.composite([{ input: Buffer.from(markDrawing(width, height)) }]);
  switch (format) {
    case 'png':
      return mark.png({ compressionLevel: 1 }).toBuffer();
    case 'jpeg':
      return mark.flatten({ background: '#ffffff' }).jpeg({ quality: 90 }).toBuffer();
    case 'webp':
      return mark.webp({ quality: 90, effort: 0 }).toBuffer();
  }
}
