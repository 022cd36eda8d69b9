import type { Logo } from '#lib/documents/invoice-html.tsx';
import type { Attachment } from './mime.ts';

const contentId = 'logo@quittance.invalid';

/** The address by which a message's HTML shows the logo that goes with it. */
export const logoAddress = `cid:${contentId}`;

/** The logo as a part of a message: mail programs load nothing from elsewhere unasked, and show no `data:` address. */
export const logoPart = ({ mediaType, bytes }: Logo): Attachment => ({
  name: mediaType === 'image/png' ? 'logo.png' : 'logo.jpg',
  mediaType,
  bytes,
  contentId,
});
