import { Annotations, type App, type Environment, Tags } from 'aws-cdk-lib';
import { actions } from '#functions/actions.ts';
import type { CodeOf } from '#infra/constructs/deployed-function.ts';
import type { Issuer, Stage } from '#infra/stage.ts';
import { ActionsStack } from './actions.ts';
import { ApiStack } from './api.ts';
import { DataStack } from './data.ts';
import { IdentityStack } from './identity.ts';
import { MailStack } from './mail.ts';
import { OperationsStack } from './operations.ts';
import { WorkersStack } from './workers.ts';

/** Adds the stacks of one stage to the app. They depend on each other in this order alone. */
export const addService = (app: App, stage: Stage, code: CodeOf): void => {
  const named = (part: string) => `Quittance-${stage.name}-${part}`;
  const env: Environment = {
    ...(stage.account !== undefined && { account: stage.account }),
    ...(stage.region !== undefined && { region: stage.region }),
  };
  const common = { env, stage, code };
  const data = new DataStack(app, named('data'), {
    ...common,
    description: 'Table, documents and secrets of Quittance',
  });
  const mail = new MailStack(app, named('mail'), { ...common, description: 'Outgoing e-mail of Quittance' });
  const { api, baseUrl } = new ApiStack(app, named('api'), { ...common, description: 'API of Quittance' });
  if (
    stage.oidc !== undefined &&
    /(?:^|\.)example\.(?:com|net|org)$/.test(new URL(stage.oidc.issuer).hostname)
  )
    Annotations.of(data).addWarningV2(
      'quittance:example-issuer',
      `${stage.oidc.issuer} is an example: nobody can sign in to a deployment that trusts it.`,
    );
  const { table, documents, secrets, stripe } = data;
  const issuer = stage.oidc ?? ownIssuer(app, named('identity'), common);
  const resources = { stage, issuer, table, documents, secrets, stripe, mail: mail.identities };
  const workers = new WorkersStack(app, named('workers'), {
    ...{ env, baseUrl, code, resources },
    description: 'Queues and workers of Quittance',
  });
  for (const [folder, members] of Map.groupBy(actions, (action) => action.folder))
    new ActionsStack(app, named(folder), {
      ...{ env, api, baseUrl, code, actions: members },
      resources: { ...resources, queues: workers.queues },
      description: `Actions of Quittance: ${folder}`,
    });
  new OperationsStack(app, named('operations'), {
    ...{ env, stage, apiId: api.apiId, table, queues: workers.queues, deadLetters: workers.deadLetters },
    readers: workers.readers,
  });
  Tags.of(app).add('service', 'quittance');
  Tags.of(app).add('stage', stage.name);
};

/** The issuer of a pool of the stage's own. */
const ownIssuer = (app: App, id: string, { env, stage }: { env: Environment; stage: Stage }): Issuer => {
  if (stage.cognito === undefined) throw new Error('A stage has an issuer, or a user pool.');
  const description = 'Who signs in to Quittance';
  return new IdentityStack(app, id, { env, stage, cognito: stage.cognito, description }).issuer;
};
