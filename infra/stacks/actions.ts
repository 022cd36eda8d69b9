import { Stack, type StackProps } from 'aws-cdk-lib';
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import type { Contract } from '#functions/http/contract.ts';
import { addRoute, secondsOfRequest } from '#infra/constructs/action-route.ts';
import { type CodeOf, DeployedFunction } from '#infra/constructs/deployed-function.ts';
import { provide, type Resources } from '#infra/constructs/uses.ts';

export type ActionsStackProps = StackProps & {
  actions: readonly Contract[];
  api: IHttpApi;
  baseUrl: string;
  code: CodeOf;
  resources: Resources;
};

/** A folder of actions, each with its Lambda and its route. CloudFormation stops at 500 resources, so it is a stack. */
export class ActionsStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { actions, api, baseUrl, code, resources, ...props }: ActionsStackProps,
  ) {
    super(scope, id, props);
    for (const action of actions) {
      const deployed = new DeployedFunction(this, {
        ...provide(action.uses, resources),
        name: action.name,
        description: action.summary,
        stage: resources.stage,
        baseUrl,
        code: code(action.name),
        timeoutSeconds: secondsOfRequest,
        memoryMb: 1024,
      });
      addRoute(deployed, api, action, deployed.lambda);
    }
  }
}
