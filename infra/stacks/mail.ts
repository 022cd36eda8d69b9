import { Stack, type StackProps } from 'aws-cdk-lib';
import { ConfigurationSet, EmailSendingEvent, EventDestination } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { MailIdentities } from '#infra/constructs/uses.ts';
import type { Stage } from '#infra/stage.ts';

/** How e-mail leaves. The sender's domain is verified by its owner's DNS, which is not ours to write. */
export class MailStack extends Stack {
  readonly identities: MailIdentities;

  constructor(scope: Construct, id: string, { stage, ...props }: StackProps & { stage: Stage }) {
    super(scope, id, props);
    const set = new ConfigurationSet(this, 'Outgoing', {
      configurationSetName: `quittance-${stage.name}`,
      reputationMetrics: true,
    });
    const events = new Topic(this, 'Events', {
      topicName: `quittance-${stage.name}-mail-events`,
      enforceSSL: true,
    });
    const { SEND, DELIVERY, BOUNCE, COMPLAINT } = EmailSendingEvent;
    set.addEventDestination('ToEvents', {
      destination: EventDestination.snsTopic(events),
      events: [SEND, DELIVERY, BOUNCE, COMPLAINT],
    });
    const ses = (resource: string, resourceName: string) =>
      this.formatArn({ service: 'ses', resource, resourceName });
    this.identities = {
      configurationSet: set.configurationSetName,
      events,
      arns: [
        ...senders(stage).map((sender) => ses('identity', sender)),
        ses('configuration-set', `quittance-${stage.name}`),
      ],
    };
  }
}

/** SES checks an address against its own identity, where there is one, else against its domain's. */
const senders = ({ mailFrom, mailIdentities }: Stage): string[] => {
  const [, domain = mailFrom] = mailFrom.split('@');
  return [...new Set([mailFrom, domain, ...mailIdentities])];
};
