import { type App, Validations } from 'aws-cdk-lib';

/** What cdk-nag's AwsSolutions finds and we accept, each with its reason. */
const accepted: Readonly<Record<string, string>> = {};

/** Acknowledges the accepted findings for all stacks of the app. */
export const acceptFindings = (app: App): void => {
  for (const [id, reason] of Object.entries(accepted)) Validations.of(app).acknowledge({ id, reason });
};
