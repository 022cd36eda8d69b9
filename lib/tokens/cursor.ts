import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from '#lib/domain/refusal.ts';

/**
 * Cursors of lists: where a page ended, bound to the account and the question, signed so that none can be forged
 * (API-4). `scope` names both: a cursor of another list, filter or account is as good as forged.
 */
const macBytes = 16;
const macOf = (secret: string, scope: string, payload: string): Buffer =>
  createHmac('sha256', Buffer.from(secret, 'base64'))
    .update(`cursor\n${scope}\n${payload}`)
    .digest()
    .subarray(0, macBytes);

export const writeCursor = (position: unknown, scope: string, secret: string): string => {
  const payload = JSON.stringify(position);
  return Buffer.concat([macOf(secret, scope, payload), Buffer.from(payload)]).toString('base64url');
};

/** @throws Refusal invalid_cursor */
export const readCursor = (cursor: string, scope: string, secret: string): unknown => {
  const bytes = Buffer.from(cursor, 'base64url');
  const payload = bytes.subarray(macBytes).toString();
  if (
    bytes.length <= macBytes ||
    bytes.toString('base64url') !== cursor ||
    !timingSafeEqual(macOf(secret, scope, payload), bytes.subarray(0, macBytes))
  )
    throw new Refusal('invalid_cursor', {
      errors: [{ pointer: '/query/cursor', code: 'invalid_cursor', detail: 'is not a cursor of this list' }],
    });
  return JSON.parse(payload);
};
