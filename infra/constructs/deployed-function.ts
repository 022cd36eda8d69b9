import { Duration, RemovalPolicy, type Size } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { functionNameOf, type Stage } from '#infra/stage.ts';

/** Where a function's code comes from, by its name: the build, or a stand-in for it. */
export type CodeOf = (name: string) => Code;

export type DeployedFunctionProps = {
  name: string;
  description: string;
  stage: Stage;
  /** The API's address, without a slash at the end. */
  baseUrl: string;
  code: Code;
  environment?: Record<string, string>;
  grants?: readonly PolicyStatement[];
  timeoutSeconds: number;
  memoryMb: number;
  /** arm64 unless given. */
  architecture?: 'x64';
  ephemeralStorage?: Size;
};

/** Where a function's log lies. */
export const logGroupNameOf = (stage: Stage, name: string): string => `/quittance/${stage.name}/${name}`;

/** A Lambda with its own role, which may do what it is granted and write its own log, and nothing else. */
export class DeployedFunction extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, props: DeployedFunctionProps) {
    super(scope, props.name);
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: logGroupNameOf(props.stage, props.name),
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    for (const grant of props.grants ?? []) role.addToPolicy(grant);
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName: functionNameOf(props.stage.name, props.name),
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: props.architecture === 'x64' ? Architecture.X86_64 : Architecture.ARM_64,
      handler: 'index.handler',
      code: props.code,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
      timeout: Duration.seconds(props.timeoutSeconds),
      memorySize: props.memoryMb,
      environment: { ...environmentOfAll(props), ...props.environment },
      ...(props.ephemeralStorage && { ephemeralStorageSize: props.ephemeralStorage }),
    });
  }
}

const environmentOfAll = ({ stage, baseUrl }: DeployedFunctionProps): Record<string, string> => ({
  BASE_URL: baseUrl,
  ALLOWED_ORIGINS: stage.allowedOrigins.join(','),
  LINK_DOMAINS: stage.linkDomains.join(','),
  POWERTOOLS_SERVICE_NAME: 'quittance',
  POWERTOOLS_METRICS_NAMESPACE: 'Quittance',
  POWERTOOLS_LOG_LEVEL: 'INFO',
});
