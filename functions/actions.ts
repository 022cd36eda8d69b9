import * as account from './account/contract.ts';
import * as buyer from './buyer/contract.ts';
import * as contacts from './contacts/contract.ts';
import * as exports from './exports/contract.ts';
import * as history from './history/contract.ts';
import type { Contract } from './http/contract.ts';
import * as invoices from './invoices/contract.ts';
import * as links from './links/contract.ts';
import * as members from './members/contract.ts';
import * as meta from './meta/contract.ts';
import * as numbering from './numbering/contract.ts';
import * as payments from './payments/contract.ts';
import * as properties from './properties/contract.ts';
import * as schedules from './schedules/contract.ts';
import * as search from './search/contract.ts';
import * as senderAddresses from './sender-addresses/contract.ts';
import * as sending from './sending/contract.ts';
import * as views from './views/contract.ts';

const isContract = (value: unknown): value is Contract =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value;

const folders = {
  account,
  members,
  contacts,
  invoices,
  properties,
  history,
  links,
  'sender-addresses': senderAddresses,
  sending,
  search,
  views,
  exports,
  schedules,
  payments,
  numbering,
  buyer,
  meta,
};

/** Every action's contract, with the folder that its file lies in: `functions/<folder>/<name>.ts`. */
export const actions: readonly (Contract & { folder: string })[] = Object.entries(folders).flatMap(
  ([folder, module]) =>
    Object.values(module)
      .filter(isContract)
      .map((contract) => ({ ...contract, folder })),
);
