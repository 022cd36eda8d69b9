import { installMiniStack } from './ministack.ts';

/** `node test/deployed/install.ts`: says by its exit code whether this machine can have MiniStack. */
try {
  installMiniStack();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
