import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SESClient, VerifyEmailIdentityCommand } from '@aws-sdk/client-ses';
import type { TestProject } from 'vitest/node';
import { projectRoot } from '#infra/build/places.ts';
import { startIssuer } from '#infra/local/oidc.ts';
import { startMiniStack } from './ministack.ts';

/** A deployment of the stage `dev`, as `npm run deploy` makes it. */
export type Deployment = {
  /** Where everything answers: AWS itself, and the API under its host's name. */
  endpoint: string;
  /** The API's address, as the stack tells it. */
  baseUrl: string;
  issuer: string;
  /** The topic that SES tells of e-mails. */
  mailEvents: string;
};

const stage = 'dev';
/** Addresses that the deployment's owner proved to SES. */
export const mailFrom = 'invoices@example.com';

/** What the stacks tell, by stack and name. @throws Error with the CDK's last lines */
const deploy = (environment: NodeJS.ProcessEnv): Record<string, Record<string, string>> => {
  const folder = mkdtempSync(join(tmpdir(), 'quittance-deployed-'));
  const outputs = join(folder, 'outputs.json');
  const run = (program: string, ...args: string[]): void => {
    const options = { cwd: projectRoot, env: environment, encoding: 'utf8', maxBuffer: 1 << 28 } as const;
    const { status, stdout, stderr } = spawnSync(program, args, options);
    if (status !== 0)
      throw new Error(
        `${program} ${args.join(' ')}:\n${`${stdout}\n${stderr}`.split('\n').slice(-40).join('\n')}`,
      );
  };
  const cdk = (...args: string[]): void =>
    run('npx', '--no-install', 'cdk', ...args, '-c', `stage=${stage}`, '--output', join(folder, 'cdk.out'));
  try {
    run('npm', 'run', 'build');
    cdk('bootstrap');
    cdk('deploy', '--all', '--require-approval', 'never', '--concurrency', '3', '--outputs-file', outputs);
    return JSON.parse(readFileSync(outputs, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The API's id, account and Region are MiniStack's; nothing else differs from a deployment to AWS but the settings. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [ministack, issuer] = await Promise.all([
    startMiniStack(),
    startIssuer({ port: 0, dataDir: undefined }),
  ]);
  const stop = async (): Promise<void> => {
    await Promise.all([ministack.stop(), issuer.stop()]);
  };
  try {
    const { endpoint, environment } = ministack;
    const outputs = deploy({
      ...environment,
      QUITTANCE_OIDC_ISSUER: issuer.issuer,
      QUITTANCE_OIDC_JWKS_URI: `${issuer.issuer}/jwks`,
      QUITTANCE_MAIL_FROM: mailFrom,
    });
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const ses = new SESClient({ endpoint, region: 'eu-west-1', credentials });
    await ses.send(new VerifyEmailIdentityCommand({ EmailAddress: mailFrom }));
    const baseUrl = outputs[`Quittance-${stage}-api`]?.BaseUrl;
    if (baseUrl === undefined) throw new Error('The API told no address.');
    const mailEvents = `arn:aws:sns:eu-west-1:000000000000:quittance-${stage}-mail-events`;
    project.provide('deployment', { endpoint, baseUrl, issuer: issuer.issuer, mailEvents });
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

declare module 'vitest' {
  export interface ProvidedContext {
    deployment: Deployment;
  }
}
