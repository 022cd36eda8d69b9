import { devStage, type Synthesized, type TemplateResource } from '#infra/operations/templates.ts';
import type { Stage } from '#infra/stage.ts';

export { devStage, type Synthesized, synthesize } from '#infra/operations/templates.ts';
export type Resource = TemplateResource;

const { oidc: _, ...withoutIssuer } = devStage;
/** The same stage with a user pool of its own. */
export const poolStage: Stage = {
  ...withoutIssuer,
  cognito: {
    ...{ selfSignUp: false, mfa: 'optional', domainPrefix: 'quittance-dev' },
    callbackUrls: ['https://app.example.com/signed-in'],
  },
};

/** All resources of a type in all stacks. */
export const ofType = (stacks: readonly Synthesized[], type: string): Resource[] =>
  stacks.flatMap(({ resources }) => Object.values(resources).filter(({ Type }) => Type === type));
