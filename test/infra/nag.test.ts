import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, it } from 'vitest';
import { acceptFindings } from '#infra/accepted-findings.ts';
import { addService } from '#infra/stacks/service.ts';
import { devStage } from './synthesized.ts';

/** The report that CDK writes beside the templates. */
type Report = { pluginReports: { violations: { ruleName: string; violatingConstructs: object[] }[] }[] };

it('cdk-nag (AwsSolutions) finds nothing that was not accepted with a reason', { timeout: 120_000 }, () => {
  const outdir = mkdtempSync(join(tmpdir(), 'quittance-nag-'));
  const app = new App({
    outdir,
    analyticsReporting: false,
    context: { 'aws:cdk:disable-stack-trace': true },
  });
  addService(app, devStage, () => Code.fromInline('export const handler = () => {};'));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  acceptFindings(app);
  try {
    app.synth();
    const report: Report = JSON.parse(readFileSync(join(outdir, 'policy-validation-report.json'), 'utf8'));
    expect(report.pluginReports.length).toBeGreaterThan(0);
    const found = report.pluginReports.flatMap(({ violations }) => violations);
    expect(
      found.map((f) => `${f.ruleName} ${JSON.stringify(f.violatingConstructs[0]).slice(0, 300)}`),
    ).toEqual([]);
  } finally {
    rmSync(outdir, { recursive: true });
    process.exitCode = undefined;
  }
});
