import type { randomFrom } from '#test/integration/search/seed.ts';
import type { KnownInvoice, KnownPayment, SoakAccount } from './known.ts';
import type { Ask, Http } from './requests.ts';

/** One of those who work at the same time, and how he chooses. */
export type Random = ReturnType<typeof randomFrom>;
export type Worker = {
  random: Random;
  ask: Ask;
  /** Without credentials. */
  buyer: Http;
  /** An answer that came, and shows something wrong. */
  wrong: (deed: string, what: string) => void;
};

/** Does something on the account, if there is something that it can be done on. */
export type Deed = (worker: Worker, account: SoakAccount) => Promise<boolean>;

/** How often he has to do with what another has to do with already. */
const racing = 0.15;
const tries = 40;
/** Most of what is done is done to what is new. */
const recent = 200;

const anyOf = <T>({ below, chance }: Random, list: readonly T[]): T | undefined => {
  const among = chance(0.8) ? Math.min(recent, list.length) : list.length;
  return list[list.length - 1 - below(among)];
};

/** An invoice that fits; undefined where none was found soon. */
export const pickInvoice = (
  { random }: Worker,
  account: SoakAccount,
  fits: (invoice: KnownInvoice) => boolean,
): KnownInvoice | undefined => {
  if (account.held.size > 0 && random.chance(racing)) {
    const held = random.pick([...account.held]);
    if (!held.isGone && fits(held)) return held;
  }
  for (let tried = 0; tried < tries && account.invoices.length > 0; tried++) {
    const found = anyOf(random, account.invoices);
    if (found !== undefined && !found.isGone && found.holds.size === 0 && fits(found)) return found;
  }
  return undefined;
};

/** A payment that fits, and that nobody has to do with. */
export const pickPayment = (
  { random }: Worker,
  account: SoakAccount,
  fits: (payment: KnownPayment) => boolean,
): KnownPayment | undefined => {
  for (let tried = 0; tried < tries && account.payments.length > 0; tried++) {
    const found = anyOf(random, account.payments);
    if (found !== undefined && !found.isGone && found.holds.size === 0 && fits(found)) return found;
  }
  return undefined;
};

export const clientOf = ({ random }: Worker, { clients }: SoakAccount): Http => random.pick(clients);
