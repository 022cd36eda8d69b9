import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { defaultRoute } from '#infra/build/entries.ts';
import { addRoute, secondsOfRequest } from '#infra/constructs/action-route.ts';
import { type CodeOf, DeployedFunction } from '#infra/constructs/deployed-function.ts';
import type { Stage } from '#infra/stage.ts';

export type ApiStackProps = StackProps & { stage: Stage; code: CodeOf };

/** The HTTP API. Each folder's stack adds its routes; what no route matches gets our own 404, 405 and CORS answers. */
export class ApiStack extends Stack {
  readonly api: HttpApi;
  /** Without a slash at the end. */
  readonly baseUrl: string;

  constructor(scope: Construct, id: string, { stage, code, ...props }: ApiStackProps) {
    super(scope, id, props);
    this.api = new HttpApi(this, 'Api', {
      apiName: `quittance-${stage.name}`,
      createDefaultStage: false,
    });
    this.baseUrl = stage.baseUrl?.replace(/\/$/, '') ?? this.api.apiEndpoint;
    createStage(this, this.api, stage);
    const unmatched = new DeployedFunction(this, {
      name: defaultRoute.name,
      description: 'What no route matches',
      stage,
      baseUrl: this.baseUrl,
      code: code(defaultRoute.name),
      timeoutSeconds: secondsOfRequest,
      memoryMb: 512,
    });
    addRoute(unmatched, this.api, '$default', unmatched.lambda);
    new CfnOutput(this, 'BaseUrl', { value: this.baseUrl });
  }
}

/** Ids and figures only: a path would hold a buyer's link (API-6), a route's key has a name in its place. */
const accessLine = JSON.stringify({
  requestId: '$context.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  bytes: '$context.responseLength',
  integrationStatus: '$context.integrationStatus',
  error: '$context.error.responseType',
});

const createStage = (scope: Construct, api: HttpApi, stage: Stage): void => {
  const log = new LogGroup(scope, 'AccessLog', {
    // Under this prefix API Gateway needs no line of its own in the Region's log policy, which is short.
    logGroupName: `/aws/vendedlogs/quittance/${stage.name}/requests`,
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  new HttpStage(scope, 'Stage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: stage.throttle.perSecond, burstLimit: stage.throttle.burst },
    accessLogSettings: {
      destination: new LogGroupLogDestination(log),
      format: AccessLogFormat.custom(accessLine),
    },
  });
};
