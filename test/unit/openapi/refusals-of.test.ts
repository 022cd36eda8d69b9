import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Contract } from '#functions/http/contract.ts';
import { refusalsOf } from '#functions/openapi/refusals-of.ts';

const contract = (more: Partial<Contract>): Contract => ({
  name: 'act',
  method: 'GET',
  path: '/v1/things',
  tag: 'Things',
  summary: 'Act',
  access: { kind: 'account', permissions: ['invoices.read'] },
  status: 200,
  uses: [],
  ...more,
});

describe('the refusals of an action', () => {
  it('API-5: follow from who may call it', () => {
    expect(refusalsOf(contract({}))).toEqual([
      'unauthenticated',
      'account_required',
      'permission_denied',
      'not_found',
      'invalid_request',
      'too_many_requests',
    ]);
    expect(refusalsOf(contract({ access: { kind: 'public' } }))).toEqual(['invalid_request']);
    const signedIn = refusalsOf(contract({ access: { kind: 'signed_in' } }));
    expect(signedIn).toContain('unauthenticated');
    expect(signedIn).not.toContain('account_required');
  });

  it('API-5: follow from what it takes', () => {
    const create = refusalsOf(contract({ method: 'POST', body: z.strictObject({}), versioned: true }));
    expect(create).toEqual(
      expect.arrayContaining([
        'body_too_large',
        'malformed_request',
        'unsupported_media_type',
        'idempotency_key_reused',
        'request_in_progress',
      ]),
    );
    expect(create).not.toContain('version_conflict');
    expect(refusalsOf(contract({ method: 'POST', safe: true }))).not.toContain('idempotency_key_reused');
    const act = contract({ method: 'POST', path: '/v1/things/{thingId}/act', versioned: true });
    expect(refusalsOf(act)).toContain('version_conflict');
    expect(refusalsOf(contract({ method: 'PATCH', versioned: true }))).toContain('version_conflict');
    expect(refusalsOf(contract({ versioned: true }))).not.toContain('version_conflict');
    const cursor = z.string();
    expect(refusalsOf(contract({ query: z.strictObject({ cursor }) }))).toContain('invalid_cursor');
    expect(refusalsOf(contract({ method: 'POST', body: z.strictObject({ cursor }) }))).toContain(
      'invalid_cursor',
    );
  });

  it('API-5: include its own, each once', () => {
    const own = refusalsOf(contract({ path: '/v1/things/{thingId}', refusals: ['not_found', 'in_use'] }));
    expect(own.filter((code) => code === 'not_found')).toHaveLength(1);
    expect(own).toContain('in_use');
  });
});
