import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { projectRoot } from '#infra/build/places.ts';
import { addService } from '#infra/stacks/service.ts';
import { type Stage, stageFrom } from '#infra/stage.ts';

const { context } = JSON.parse(readFileSync(join(projectRoot, 'cdk.json'), 'utf8'));

/** The stage `dev` as cdk.json has it. */
export const devStage: Stage = stageFrom('dev', context.stages, {});

export type TemplateResource = {
  Type: string; // biome-ignore lint/suspicious/noExplicitAny: a template is what it is; its readers say what it must be.
  Properties: Record<string, any>;
  [attribute: string]: unknown;
};
export type Synthesized = {
  stack: string;
  /** By logical id. */
  resources: Readonly<Record<string, TemplateResource>>;
  /** What other stacks import, by its name. */
  exports: Readonly<Record<string, unknown>>;
};

/** The templates of all stacks, without the bundles: a stand-in for the code of each function. */
export const synthesize = (stage: Stage = devStage): Synthesized[] => {
  const outdir = mkdtempSync(join(tmpdir(), 'quittance-templates-'));
  const app = new App({
    outdir,
    context: { ...context, 'aws:cdk:disable-stack-trace': true },
    analyticsReporting: false,
    // `npm run synth` takes its time to check the templates against CloudFormation's own rules.
    builtinCloudFormationValidation: false,
  });
  addService(app, stage, () => Code.fromInline('export const handler = () => {};'));
  const templates = app.node.children
    .filter((child): child is Stack => 'templateFile' in child)
    .map((stack) => {
      const { Resources, Outputs = {} } = Template.fromStack(stack).toJSON();
      const outputs = Object.values<{ Value: unknown; Export?: { Name: string } }>(Outputs);
      const exported = outputs.flatMap(({ Value, Export }) => (Export ? [[Export.Name, Value]] : []));
      return { stack: stack.stackName, resources: Resources, exports: Object.fromEntries(exported) };
    });
  rmSync(outdir, { recursive: true });
  return templates;
};
