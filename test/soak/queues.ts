import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { queueNames } from '#functions/workers.ts';
import { service } from '#test/support/service.ts';

/** The queues of the service, seen past it. */
export type Queues = {
  /** Messages that wait or are being dealt with. */
  waiting: () => Promise<number>;
  /** Messages that were given up. */
  dead: () => Promise<number>;
};

export const openQueues = (): Queues => {
  const { environment } = service();
  const sqs = new SQSClient({
    region: environment.AWS_REGION as string,
    endpoint: environment.AWS_ENDPOINT_URL_SQS as string,
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID as string,
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY as string,
    },
  });
  const messagesIn = async (names: readonly string[]): Promise<number> => {
    const counts = names.map(async (name) => {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: new URL(`quittance-${name}`, environment.RENDER_QUEUE_URL).href,
          AttributeNames: ['All'],
        }),
      );
      const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesNotVisible: taken } =
        Attributes;
      return Number(visible) + Number(taken) + Number(Attributes.ApproximateNumberOfMessagesDelayed);
    });
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  };
  return {
    waiting: () => messagesIn(queueNames),
    dead: () => messagesIn(queueNames.map((name) => `${name}-dead`)),
  };
};
