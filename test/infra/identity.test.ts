import { describe, expect, it } from 'vitest';
import { devStage, ofType, poolStage, type Synthesized, synthesize } from './synthesized.ts';

const stacks = synthesize(poolStage);
const [pool, ...otherPools] = ofType(stacks, 'AWS::Cognito::UserPool');
const clientOf = (all: readonly Synthesized[]) => ofType(all, 'AWS::Cognito::UserPoolClient')[0]?.Properties;

/** What a function is told, with what it imports from other stacks put in. */
const told = (all: readonly Synthesized[], name: string) => {
  const exported: Record<string, unknown> = Object.assign({}, ...all.map(({ exports }) => exports));
  const lambda = ofType(all, 'AWS::Lambda::Function').find(
    ({ Properties }) => Properties.FunctionName === `quittance-dev-${name}`,
  );
  const text = JSON.stringify(lambda?.Properties.Environment.Variables, (_, value) =>
    typeof value === 'object' && value !== null && 'Fn::ImportValue' in value
      ? exported[value['Fn::ImportValue']]
      : value,
  );
  return JSON.parse(text);
};

describe('the user pool of a stage without an issuer', () => {
  it('outlives its stack: members are bound to its identities', () => {
    expect(otherPools).toEqual([]);
    expect(pool).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { DeletionProtection: 'ACTIVE' },
    });
  });

  it('signs people in by their address, which is proved, and lets nobody sign up by himself', () => {
    expect(pool?.Properties).toMatchObject({
      UsernameAttributes: ['email'],
      AutoVerifiedAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      UsernameConfiguration: { CaseSensitive: false },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
    });
  });

  it('wants long passwords, and offers a second factor by an app', () => {
    expect(pool?.Properties).toMatchObject({
      MfaConfiguration: 'OPTIONAL',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      Policies: {
        PasswordPolicy: {
          ...{ MinimumLength: 12, RequireLowercase: true, RequireUppercase: true },
          ...{ RequireNumbers: true, RequireSymbols: true },
        },
      },
    });
  });

  it('has a client without a secret, which is told nothing of who exists', () => {
    expect(clientOf(stacks)).toMatchObject({
      ...{ GenerateSecret: false, PreventUserExistenceErrors: 'ENABLED', EnableTokenRevocation: true },
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      ...{ AllowedOAuthFlows: ['code'], CallbackURLs: ['https://app.example.com/signed-in'] },
      WriteAttributes: ['email', 'name'],
    });
  });

  it('may have signing up, a second factor of everybody, and no pages of Cognito’s', () => {
    const open = synthesize({
      ...poolStage,
      cognito: { selfSignUp: true, mfa: 'required', callbackUrls: [] },
    });
    const [openPool] = ofType(open, 'AWS::Cognito::UserPool');
    expect(openPool?.Properties.AdminCreateUserConfig).toEqual({ AllowAdminCreateUserOnly: false });
    expect(openPool?.Properties.MfaConfiguration).toBe('ON');
    expect(clientOf(open)?.AllowedOAuthFlowsUserPoolClient).toBe(false);
    expect(ofType(open, 'AWS::Cognito::UserPoolDomain')).toEqual([]);
  });

  it('is whom the functions trust, and its client their audience', () => {
    const [[poolId], [clientId]] = ['AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolClient'].map((type) =>
      stacks.flatMap(({ resources }) =>
        Object.entries(resources).flatMap(([id, { Type }]) => (Type === type ? [id] : [])),
      ),
    ) as [string[], string[]];
    const issuer = { 'Fn::GetAtt': [poolId, 'ProviderURL'] };
    expect(told(stacks, 'get-me')).toMatchObject({
      OIDC_ISSUER: issuer,
      OIDC_JWKS_URI: { 'Fn::Join': ['', [issuer, '/.well-known/jwks.json']] },
      OIDC_AUDIENCE: { Ref: clientId },
    });
  });
});

it('a stage with an issuer has no pool', () => {
  const all = synthesize();
  expect(ofType(all, 'AWS::Cognito::UserPool')).toEqual([]);
  expect(told(all, 'get-me').OIDC_ISSUER).toBe(devStage.oidc?.issuer);
});
