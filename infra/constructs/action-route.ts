import { type HttpMethod, HttpRoute, HttpRouteKey, type IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Contract } from '#functions/http/contract.ts';

/** A second less than an HTTP API waits: a function that hangs is ended, and logged, before the caller is told 503. */
export const secondsOfRequest = 29;

/** Sends the action's route, or what no route matches, to the function, and lets that route alone call it. */
export const addRoute = (
  scope: Construct,
  api: IHttpApi,
  route: Pick<Contract, 'method' | 'path'> | '$default',
  lambda: LambdaFunction,
): void => {
  const routeKey =
    route === '$default' ? HttpRouteKey.DEFAULT : HttpRouteKey.with(route.path, route.method as HttpMethod);
  new HttpRoute(scope, 'Route', {
    httpApi: api,
    routeKey,
    integration: new HttpLambdaIntegration('Integration', lambda),
  });
};
