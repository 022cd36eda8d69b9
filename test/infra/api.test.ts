import { describe, expect, it } from 'vitest';
import { actions } from '#functions/actions.ts';
import { workers } from '#functions/workers.ts';
import { ofType, synthesize } from './synthesized.ts';

const stacks = synthesize();
const functionNames = ofType(stacks, 'AWS::Lambda::Function').map(
  ({ Properties }) => Properties.FunctionName,
);

/** The function that a route leads to, by its route key. */
const targets = stacks.flatMap(({ resources }) =>
  Object.values(resources)
    .filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Route')
    .map(({ Properties }) => {
      const integration = /"Ref":"(\w+)"/.exec(JSON.stringify(Properties.Target))?.[1] ?? '';
      const uri = JSON.stringify(resources[integration]?.Properties.IntegrationUri);
      const lambda = /"Fn::GetAtt":\["(\w+)","Arn"\]/.exec(uri)?.[1] ?? '';
      return [Properties.RouteKey, resources[lambda]?.Properties.FunctionName];
    }),
);

describe('the API', () => {
  it('has one route and one function for every contract, and `$default` for the rest (API-1)', () => {
    const expected = actions.map(({ method, path, name }) => [`${method} ${path}`, `quittance-dev-${name}`]);
    expect(targets.toSorted()).toEqual([...expected, ['$default', 'quittance-dev-default-route']].toSorted());
  });

  it('has no function besides those of contracts and workers', () => {
    const expected = [...actions, ...workers, { name: 'default-route' }].map(
      ({ name }) => `quittance-dev-${name}`,
    );
    expect(functionNames.toSorted()).toEqual(expected.toSorted());
  });

  it('lets API Gateway call a function for its own route only', () => {
    for (const { resources } of stacks)
      for (const { Type, Properties } of Object.values(resources)) {
        if (Type !== 'AWS::Lambda::Permission') continue;
        // A rule of the clock calls its worker.
        if (Properties.Principal === 'events.amazonaws.com') continue;
        expect(Properties.Principal).toBe('apigateway.amazonaws.com');
        expect(JSON.stringify(Properties.SourceArn)).toContain('execute-api');
      }
  });

  it('is throttled', () => {
    const [stage] = ofType(stacks, 'AWS::ApiGatewayV2::Stage');
    expect(stage?.Properties).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingBurstLimit: 1000, ThrottlingRateLimit: 500 },
    });
  });

  it('API-6: logs no path, no address and no agent of a request', () => {
    const [stage] = ofType(stacks, 'AWS::ApiGatewayV2::Stage');
    const logged: unknown[] = Object.values(JSON.parse(stage?.Properties.AccessLogSettings.Format));
    expect(logged).toContain('$context.requestId');
    for (const value of logged)
      expect(value).toMatch(
        /^\$context\.(requestId|routeKey|status|response\w+|integrationStatus|error\.responseType)$/,
      );
  });

  it('leaves CORS to the functions, whose answers it would overwrite (API-7)', () => {
    const [api] = ofType(stacks, 'AWS::ApiGatewayV2::Api');
    expect(api?.Properties).not.toHaveProperty('CorsConfiguration');
  });
});

describe('every stack', () => {
  it.each(stacks)('$stack stays far from the 500 resources of CloudFormation', ({ resources }) => {
    expect(Object.keys(resources).length).toBeLessThan(400);
  });
});

describe('every function', () => {
  const lambdas = ofType(stacks, 'AWS::Lambda::Function');

  it('runs Node 24, on arm64 unless it carries Chromium, and keeps its log for a while', () => {
    for (const { Properties } of lambdas) {
      const isDocuments = Properties.FunctionName === 'quittance-dev-render-pdf';
      expect(Properties.Runtime).toBe('nodejs24.x');
      expect(Properties.Architectures).toEqual([isDocuments ? 'x86_64' : 'arm64']);
      expect(Properties.LoggingConfig).toHaveProperty('LogGroup');
    }
    const logs = ofType(stacks, 'AWS::Logs::LogGroup');
    expect(logs).toHaveLength(lambdas.length + 1);
    for (const { Properties } of logs) expect(Properties.RetentionInDays).toBe(90);
  });

  it('of a route ends before API Gateway stops waiting', () => {
    const routed = new Set(targets.map(([, name]) => name));
    for (const { Properties } of lambdas)
      if (routed.has(Properties.FunctionName)) expect(Properties.Timeout).toBeLessThan(30);
  });
});
