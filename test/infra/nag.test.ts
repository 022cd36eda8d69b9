import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, it } from 'vitest';
import { reasonFor } from '#infra/accepted-findings.ts';
import { addService } from '#infra/stacks/service.ts';
import { devStage, poolStage } from './synthesized.ts';

it.each([
  ['an issuer of its own choice', devStage],
  ['a user pool', poolStage],
])(
  'cdk-nag (AwsSolutions) finds nothing that was not accepted with a reason, of a stage with %s',
  (_, stage) => {
    const outdir = mkdtempSync(join(tmpdir(), 'quittance-nag-'));
    const app = new App({
      outdir,
      analyticsReporting: false,
      context: { 'aws:cdk:disable-stack-trace': true },
    });
    addService(app, stage, () => Code.fromInline('export const handler = () => {};'));
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    const exitCode = process.exitCode;
    try {
      // It fails while there are findings at all; here they are judged one by one, from its report.
      expect(() => app.synth()).toThrow('AwsSolutions');
      const report = readFileSync(join(outdir, 'validation-report.json'), 'utf8');
      const found = [...new Set(report.match(/AwsSolutions-[A-Z]+\d+(?:\[[^\]"]+\])?/g))];
      expect(found).toContain('AwsSolutions-APIG4');
      expect(found.filter((finding) => reasonFor(finding) === undefined)).toEqual([]);
    } finally {
      process.exitCode = exitCode;
      rmSync(outdir, { recursive: true });
    }
  },
);
