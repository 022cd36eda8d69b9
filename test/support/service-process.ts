import { startService } from '#infra/local/service.ts';

/** The service in a process of its own: it tells its parent where it is, and stops when the parent lets go. */
const { baseUrl, origin, emulators, environment, stop } = await startService({
  port: 0,
  dataDir: undefined,
  progress: () => {},
});
process.once('disconnect', () => {
  void stop().then(() => process.exit(0));
});
const { issuer, mailbox } = emulators.endpoints;
process.send?.({ baseUrl, origin, issuer, mailbox, environment });
