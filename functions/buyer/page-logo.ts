import { documents } from '#functions/wiring/documents.ts';
import { dataAddress, readLogo } from '#lib/documents/logo-store.ts';
import type { FrozenSeller } from '#lib/domain/party.ts';

/** The logo that the seller's details name, as an address that the page holds in itself; undefined without one. */
export const pageLogo = async (seller: FrozenSeller | undefined): Promise<string | undefined> => {
  // A seller without one costs no client of S3.
  if (seller?.logoKey === undefined) return undefined;
  const logo = await readLogo(documents(), seller);
  return logo && dataAddress(logo);
};
