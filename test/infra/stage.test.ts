import { describe, expect, it } from 'vitest';
import { stageFrom } from '#infra/stage.ts';

const complete = {
  oidc: { issuer: 'https://id.example.com', audience: 'quittance', jwksUri: 'https://id.example.com/jwks' },
  accountCreators: ['@example.com'],
  mailFrom: 'invoices@example.com',
};
const read = (settings: unknown, environment: Record<string, string> = {}) =>
  stageFrom('shop', { shop: settings }, environment);
const faultsOf = (settings: unknown, environment?: Record<string, string>): string => {
  try {
    read(settings, environment);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return 'none';
};

describe('a stage’s settings', () => {
  it('need no more than an issuer, who may create accounts and a sender', () => {
    expect(read(complete)).toMatchObject({
      ...complete,
      name: 'shop',
      allowedOrigins: [],
      linkDomains: [],
      linkSecrets: { current: 1, kept: [1] },
    });
  });

  it('are all named at once when they are missing, with the place to set them', () => {
    const faults = faultsOf({});
    expect(faults).toContain(
      'mailFrom is missing (cdk.json: context.stages.shop.mailFrom, or QUITTANCE_MAIL_FROM)',
    );
    expect(faults).toContain('accountCreators is missing');
    expect(faults).toContain('oidc.issuer is missing');
    expect(faults).toContain('or QUITTANCE_OIDC_JWKS_URI)');
  });

  it.each([
    ['baseUrl', { baseUrl: 'api.example.com' }],
    ['account', { account: '123' }],
    ['region', { region: 'Paris' }],
    ['oidc.issuer', { oidc: { ...complete.oidc, issuer: 'id.example.com' } }],
    ['oidc.audience', { oidc: { ...complete.oidc, audience: '' } }],
    ['allowedOrigins.1', { allowedOrigins: ['https://app.example.com', 'https://app.example.com/path'] }],
    ['linkDomains.0', { linkDomains: ['https://pay.example.com'] }],
    ['accountCreators', { accountCreators: [] }],
    ['accountCreators.0', { accountCreators: ['everyone'] }],
    ['mailFrom', { mailFrom: 'Invoices <invoices@example.com>' }],
    ['mailIdentities.0', { mailIdentities: ['*'] }],
    ['linkSecrets', { linkSecrets: { current: 2, kept: [1] } }],
    ['basUrl', { basUrl: 'https://api.example.com' }],
  ])('name %s when it is wrong, and nothing else', (setting, wrong) => {
    const [, ...faults] = faultsOf({ ...complete, ...wrong }).split('\n');
    expect(faults).toHaveLength(1);
    expect(faults[0]?.trim().startsWith(`${setting} `)).toBe(true);
  });

  it('yield to the environment, setting by setting', () => {
    const stage = read(complete, {
      QUITTANCE_BASE_URL: 'https://api.example.com',
      QUITTANCE_OIDC_AUDIENCE: 'other',
      QUITTANCE_ALLOWED_ORIGINS: 'https://a.example.com, https://b.example.com',
    });
    expect(stage.baseUrl).toBe('https://api.example.com');
    expect(stage.oidc).toEqual({ ...complete.oidc, audience: 'other' });
    expect(stage.allowedOrigins).toEqual(['https://a.example.com', 'https://b.example.com']);
  });

  it('may come from the environment alone', () => {
    const stage = stageFrom(
      'shop',
      {},
      {
        QUITTANCE_OIDC_ISSUER: 'https://id.example.com',
        QUITTANCE_OIDC_AUDIENCE: 'quittance',
        QUITTANCE_OIDC_JWKS_URI: 'https://id.example.com/jwks',
        QUITTANCE_ACCOUNT_CREATORS: '@example.com',
        QUITTANCE_MAIL_FROM: 'invoices@example.com',
      },
    );
    expect(stage).toEqual(read(complete));
  });

  it('are missing, not of the wrong kind, when cdk.json does not know the stage', () => {
    expect(() => stageFrom('shop', undefined, {})).toThrow(/oidc.issuer is missing/);
    expect(() => stageFrom('shop', { shop: 'x' }, {})).toThrow('context.stages must be an object');
  });

  it('refuse a name that AWS could not carry', () => {
    expect(() => stageFrom('Dev 1', { 'Dev 1': complete }, {})).toThrow(/name must be/);
  });

  it('may have a user pool of its own in place of an issuer', () => {
    const { oidc: _, ...rest } = complete;
    expect(read({ ...rest, cognito: {} })).toMatchObject({
      cognito: { selfSignUp: false, mfa: 'optional', callbackUrls: [] },
    });
    expect(faultsOf({ ...complete, cognito: {} })).toContain('cognito stands beside oidc: name one of them');
    expect(faultsOf({ ...rest, cognito: true })).toContain('cognito must be an object');
    expect(faultsOf({ ...rest, cognito: { mfa: 'never' } })).toContain('cognito.mfa must be');
    expect(faultsOf({ ...rest, cognito: { domainPrefix: 'my-aws' } })).toContain(
      'cognito.domainPrefix must be',
    );
  });
});
