import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AccountRecovery,
  ClientAttributes,
  FeaturePlan,
  Mfa,
  OAuthScope,
  UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { CognitoSettings, Issuer, Stage } from '#infra/stage.ts';

export type IdentityStackProps = StackProps & { stage: Stage; cognito: CognitoSettings };

/**
 * Who signs in, where the stage names no issuer of its own: a Cognito user pool. Members are bound to its identities, so
 * it outlives its stack, as the data do.
 */
export class IdentityStack extends Stack {
  readonly issuer: Issuer;

  constructor(scope: Construct, id: string, { stage, cognito, ...props }: IdentityStackProps) {
    super(scope, id, { ...props, terminationProtection: true });
    const pool = createPool(this, stage, cognito);
    const client = createClient(this, pool, cognito);
    if (cognito.domainPrefix !== undefined) {
      const domain = pool.addDomain('Domain', { cognitoDomain: { domainPrefix: cognito.domainPrefix } });
      new CfnOutput(this, 'SignInUrl', { value: domain.baseUrl() });
    }
    this.issuer = {
      issuer: pool.userPoolProviderUrl,
      audience: client.userPoolClientId,
      jwksUri: `${pool.userPoolProviderUrl}/.well-known/jwks.json`,
    };
    new CfnOutput(this, 'Issuer', { value: this.issuer.issuer });
    new CfnOutput(this, 'ClientId', { value: this.issuer.audience });
  }
}

const createPool = (scope: Construct, stage: Stage, { selfSignUp, mfa }: CognitoSettings): UserPool =>
  new UserPool(scope, 'Users', {
    userPoolName: `quittance-${stage.name}`,
    featurePlan: FeaturePlan.ESSENTIALS,
    selfSignUpEnabled: selfSignUp,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    autoVerify: { email: true },
    // An invitation is bound by a verified address (PERM-8): a new one counts once it is proved.
    keepOriginal: { email: true },
    standardAttributes: {
      email: { required: true, mutable: true },
      fullname: { required: false, mutable: true },
    },
    mfa: mfa === 'required' ? Mfa.REQUIRED : Mfa.OPTIONAL,
    // By an app; text messages can be taken over, and cost.
    mfaSecondFactor: { otp: true, sms: false },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });

/** A public client: pages and command lines keep no secret. Where people sign in on Cognito's pages, by a code (PKCE). */
const createClient = (
  scope: Construct,
  userPool: UserPool,
  { callbackUrls }: CognitoSettings,
): UserPoolClient =>
  new UserPoolClient(scope, 'Client', {
    userPool,
    generateSecret: false,
    authFlows: { userSrp: true },
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.days(30),
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    readAttributes: new ClientAttributes().withStandardAttributes({
      ...{ email: true, emailVerified: true, fullname: true },
    }),
    writeAttributes: new ClientAttributes().withStandardAttributes({ email: true, fullname: true }),
    ...(callbackUrls.length === 0
      ? { disableOAuth: true }
      : {
          oAuth: {
            flows: { authorizationCodeGrant: true },
            scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
            callbackUrls: [...callbackUrls],
            logoutUrls: [...callbackUrls],
          },
        }),
  });
