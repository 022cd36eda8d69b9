import { App } from 'aws-cdk-lib';
import { builtCode, NotBuilt } from './build/built-code.ts';
import { addService } from './stacks/service.ts';
import { StageFault, stageFrom } from './stage.ts';

/** `cdk synth -c stage=NAME`, or QUITTANCE_STAGE; the stage is `dev` unless one is named. */
const app = new App();
const name = String(app.node.tryGetContext('stage') ?? process.env.QUITTANCE_STAGE ?? 'dev');
try {
  addService(app, stageFrom(name, app.node.tryGetContext('stages'), process.env), builtCode());
  app.synth();
} catch (error) {
  if (!(error instanceof StageFault || error instanceof NotBuilt)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
