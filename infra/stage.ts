import * as z from 'zod';

const missing = (issue: { input?: unknown }, otherwise: string): string =>
  issue.input === undefined ? 'is missing' : otherwise;
const text = (form: RegExp, otherwise: string) =>
  z.string({ error: (issue) => missing(issue, 'must be a text') }).regex(form, otherwise);

const address = text(/^https?:\/\/[^\s/?#]+(?:\/[^\s?#]*[^\s/?#])?\/?$/, 'must be an http or https address');
const hostName = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9][a-z0-9-]*$/;
const domain = text(hostName, 'must be a host name');
const origin = text(/^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?$/, 'must be an origin: scheme, host and port only');
const mailbox = z.email({ error: (issue) => missing(issue, 'must be an e-mail address') });
const creator = text(/^(?:anyone|[^\s@,]*@[^\s@,]+)$/, 'must be `anyone`, an e-mail address or `@domain`');
const secretVersion = z.int().min(1).max(255);

/** Whose tokens sign people in (OpenID Connect Core). */
const issuerSchema = z.strictObject(
  { issuer: address, audience: text(/\S/, 'must not be empty'), jwksUri: address },
  { error: (issue) => missing(issue, 'must be an object, without further settings') },
);
export type Issuer = z.infer<typeof issuerSchema>;

/** A user pool of the stage's own, in Cognito. */
const cognitoSchema = z.strictObject(
  {
    /** Whether anybody may sign up; else people are added in the pool. */
    selfSignUp: z.boolean('must be true or false').default(false),
    /** A second factor, by an app for one-time codes. */
    mfa: z.enum(['optional', 'required'], 'must be `optional` or `required`').default('optional'),
    /** Begin of the address of Cognito's own pages for signing in; there are none unless given. */
    domainPrefix: text(
      /^(?!.*(?:aws|amazon|cognito))[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
      'must be small letters, digits and hyphens, without `aws`, `amazon` or `cognito`',
    ).optional(),
    /** Where those pages lead back to. */
    callbackUrls: z.array(address).default([]),
  },
  'must be an object: `{}` for the defaults',
);
export type CognitoSettings = z.infer<typeof cognitoSchema>;

/** The settings of a stage: one deployment of the service. */
const stageSchema = z.strictObject({
  name: text(/^[a-z][a-z0-9-]{0,19}$/, 'must be 1 to 20 small letters, digits and hyphens'),
  /** Where it is deployed; what the credentials say, unless given. */
  account: text(/^\d{12}$/, 'must be the 12 digits of an AWS account').optional(),
  region: text(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'must be the name of a Region').optional(),
  /** The API's address where it has a domain of its own; else API Gateway's. */
  baseUrl: address.optional(),
  /** The issuer whose tokens sign people in; or `cognito`, `{}` for its defaults. One of both. */
  oidc: issuerSchema.optional(),
  cognito: cognitoSchema.optional(),
  /** Origins of browser clients (API-7). */
  allowedOrigins: z.array(origin).default([]),
  /** Domains that buyers' links may have besides the API's own. */
  linkDomains: z.array(domain).default([]),
  /** Who may create accounts: `anyone`, or verified e-mail addresses and domains (`@example.com`). */
  accountCreators: z.array(creator, { error: (issue) => missing(issue, 'must be a list') }).min(1),
  /** The deployment's own sender address. SES has to know it, or its domain. */
  mailFrom: mailbox,
  /** Further addresses and domains that SES may send from. */
  mailIdentities: z.array(z.union([mailbox, domain], 'must be an e-mail address or a domain')).default([]),
  /** Versions of the secret behind links: the one that makes new links, and all that still open (LINK-2). */
  linkSecrets: z
    .strictObject({ current: secretVersion, kept: z.array(secretVersion).min(1) })
    .refine(({ current, kept }) => kept.includes(current), 'must keep the current version')
    .default({ current: 1, kept: [1] }),
  /** Requests that API Gateway lets through: a second, and at once. */
  throttle: z
    .strictObject({ perSecond: z.int().min(1), burst: z.int().min(1) })
    .default({ perSecond: 500, burst: 1000 }),
  /** Whom alarms are e-mailed to; SNS asks once whether that is wanted. */
  alarmsTo: mailbox.optional(),
  /** What a month may cost in US dollars, and who is told before. */
  budget: z.strictObject({ monthlyUsd: z.number().positive(), email: mailbox }).optional(),
});
export type Stage = z.infer<typeof stageSchema>;

/** The variables that go before the settings in cdk.json; a list is separated by commas. */
const variables = {
  QUITTANCE_ACCOUNT: { path: ['account'] },
  QUITTANCE_REGION: { path: ['region'] },
  QUITTANCE_BASE_URL: { path: ['baseUrl'] },
  QUITTANCE_OIDC_ISSUER: { path: ['oidc', 'issuer'] },
  QUITTANCE_OIDC_AUDIENCE: { path: ['oidc', 'audience'] },
  QUITTANCE_OIDC_JWKS_URI: { path: ['oidc', 'jwksUri'] },
  QUITTANCE_ALLOWED_ORIGINS: { path: ['allowedOrigins'], list: true },
  QUITTANCE_LINK_DOMAINS: { path: ['linkDomains'], list: true },
  QUITTANCE_ACCOUNT_CREATORS: { path: ['accountCreators'], list: true },
  QUITTANCE_MAIL_FROM: { path: ['mailFrom'] },
  QUITTANCE_ALARMS_TO: { path: ['alarmsTo'] },
  QUITTANCE_MAIL_IDENTITIES: { path: ['mailIdentities'], list: true },
} satisfies Record<string, { path: readonly [string] | readonly [string, string]; list?: boolean }>;

/** What keeps a stage from being deployed, setting by setting. */
export class StageFault extends Error {
  override readonly name = 'StageFault';
}

type Settings = { readonly [name: string]: unknown };
const settings = z.record(z.string(), z.unknown());
const stages = z.record(z.string(), settings).default({});

const overridden = (given: Settings, environment: NodeJS.ProcessEnv): Settings => {
  let result: Settings = given;
  for (const [variable, { path, ...kind }] of Object.entries(variables)) {
    const text = environment[variable];
    if (text === undefined || text === '') continue;
    const value = 'list' in kind ? text.split(',').map((entry) => entry.trim()) : text;
    const [outer, inner] = path;
    const within = settings.safeParse(result[outer]).data;
    result = { ...result, [outer]: inner === undefined ? value : { ...within, [inner]: value } };
  }
  return result;
};

const whereToSet = (name: string, path: string): string => {
  const variable = Object.entries(variables).find(([, entry]) => entry.path.join('.') === path)?.[0];
  return `cdk.json: context.stages.${name}.${path}${variable === undefined ? '' : `, or ${variable}`}`;
};

/**
 * The settings of the stage `name`, from the CDK context `stages` and, before it, the environment (QUITTANCE_…).
 * @throws StageFault that names every setting that is missing or wrong, and where to set it
 */
export const stageFrom = (name: string, context: unknown, environment: NodeJS.ProcessEnv): Stage => {
  const known = stages.safeParse(context);
  if (!known.success) throw new StageFault('cdk.json: context.stages must be an object of stages by name');
  const given = overridden(known.data[name] ?? {}, environment);
  // Without a pool of its own a stage has an issuer, whose settings are named one by one where they are missing.
  const wanted = { ...(given.cognito === undefined && { oidc: {} }), ...given, name };
  const parsed = stageSchema.safeParse(wanted);
  if (parsed.success && parsed.data.oidc !== undefined && parsed.data.cognito !== undefined)
    throw new StageFault(`The stage ${name} can't be made:\n  cognito stands beside oidc: name one of them`);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    if (issue.code === 'unrecognized_keys')
      return `${[...issue.path, issue.keys.join(', ')].join('.')} is no setting`;
    const path = issue.path.join('.');
    return `${path} ${issue.message} (${whereToSet(name, path)})`;
  });
  throw new StageFault(`The stage ${name} can't be made:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
};

/** The name of a function of a stage: by it the stage's alarms and its operators find the function. */
export const functionNameOf = (stage: string, name: string): string => `quittance-${stage}-${name}`;
