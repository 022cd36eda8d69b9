/** What cdk-nag's AwsSolutions finds and we accept, each with its reason. The form is that of the finding’s id. */
const accepted: readonly { finding: RegExp; reason: string }[] = [
  {
    finding: /^AwsSolutions-APIG4$/,
    reason:
      'Each function checks the token, API key or link itself, as its contract says: one route takes either, answers in the form of api.md, and buyers have no account.',
  },
  {
    finding: /^AwsSolutions-S1$/,
    reason:
      'Only functions reach the buckets, by named grants. Who has to know who read an object turns on CloudTrail’s data events, which cover the whole AWS account and are not ours to switch.',
  },
  {
    finding: /^AwsSolutions-SMG4$/,
    reason:
      'Keys of links rotate by adding a version in the stage’s settings (LINK-2): a timer would break links that buyers hold.',
  },
  {
    finding: /^AwsSolutions-COG2$/,
    reason:
      'A second factor is offered to everybody; a stage that wants it of everybody says `"mfa": "required"`.',
  },
  {
    finding: /^AwsSolutions-COG8$/,
    reason:
      'Threat protection needs the Plus plan, which costs several times as much a person. Whoever wants it changes the plan of the pool.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::.*Table.*\/index\/\*\]$/,
    reason: 'All indexes of the one table, and nothing besides: a list may need any of them.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::.*Table.*\/stream\/\*\]$/,
    reason: 'ListStreams of the one table: a stream’s name is the time when it was made.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::.*(?:Documents|Failures).*\/\*\]$/,
    reason: 'All objects of the one bucket that the function works with: their keys are made as it runs.',
  },
];

/** The reason why the finding is accepted, or nothing. */
export const reasonFor = (finding: string): string | undefined =>
  accepted.find((each) => each.finding.test(finding))?.reason;
