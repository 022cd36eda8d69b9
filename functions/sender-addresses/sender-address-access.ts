import type { Caller } from '#functions/http/caller.ts';
import type { Permission } from '#lib/domain/account/permissions.ts';
import { isSameAddress } from '#lib/domain/sending/sender-address.ts';

/** One's own address needs `invoices.write`, any other `settings.write`. */
export const permissionFor = ({ member }: Caller, email: string): Permission =>
  isSameAddress(member?.email, email) ? 'invoices.write' : 'settings.write';
