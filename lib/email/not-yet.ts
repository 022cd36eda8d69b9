/** It is not time to do anything: the queue brings the message again. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}
