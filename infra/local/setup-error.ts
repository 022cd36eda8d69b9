/** Something the person who started the service has to put right. The message is one sentence, fit to be shown alone. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}
