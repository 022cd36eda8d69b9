import { describe, expect, it } from 'vitest';
import { synthesize } from './synthesized.ts';

const all = synthesize().flatMap(({ resources }) => Object.values(resources));
const ofType = (type: string) => all.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);

describe('what becomes of e-mails', () => {
  it('SEND-12: is published by the configuration set that they are sent by', () => {
    const [destination] = ofType('AWS::SES::ConfigurationSetEventDestination');
    expect(destination?.EventDestination).toMatchObject({
      ...{ Enabled: true, MatchingEventTypes: ['send', 'delivery', 'bounce', 'complaint'] },
      SnsDestination: { TopicARN: expect.anything() },
    });
    const policies = JSON.stringify(ofType('AWS::SNS::TopicPolicy'));
    expect(policies).toContain('"Service":"ses.amazonaws.com"');
    expect(policies).toContain('aws:SecureTransport');
  });

  it('SEND-12: reaches the queue as it was published', () => {
    const [subscription] = ofType('AWS::SNS::Subscription');
    expect(subscription).toMatchObject({ Protocol: 'sqs', RawMessageDelivery: true });
    const policies = ofType('AWS::SQS::QueuePolicy').map((policy) => JSON.stringify(policy));
    expect(policies.some((policy) => policy.includes('"Service":"sns.amazonaws.com"'))).toBe(true);
  });
});
