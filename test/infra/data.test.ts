import { describe, expect, it } from 'vitest';
import { tableDefinition } from '#lib/data/indexes.ts';
import { secretsSchema } from '#lib/tokens/secrets.ts';
import { devStage, ofType, type Resource, type Synthesized, synthesize } from './synthesized.ts';

const stacks = synthesize();
const [table, ...otherTables] = ofType(stacks, 'AWS::DynamoDB::Table');

describe('the table', () => {
  it('is one, and can’t be lost by a mistake', () => {
    expect(otherTables).toEqual([]);
    expect(table).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        TimeToLiveSpecification: { AttributeName: tableDefinition.timeToLive, Enabled: true },
        KeySchema: [
          { AttributeName: tableDefinition.partitionKey, KeyType: 'HASH' },
          { AttributeName: tableDefinition.sortKey, KeyType: 'RANGE' },
        ],
      },
    });
  });

  it('has every index of lib/data/indexes.ts, with its keys and what it carries', () => {
    const expected = tableDefinition.indexes.map(({ name, pk, sk, projected }) => ({
      IndexName: name,
      KeySchema: [
        { AttributeName: pk, KeyType: 'HASH' },
        { AttributeName: sk, KeyType: 'RANGE' },
      ],
      Projection:
        projected.length === 0
          ? { ProjectionType: 'KEYS_ONLY' }
          : { ProjectionType: 'INCLUDE', NonKeyAttributes: projected },
    }));
    expect(table?.Properties.GlobalSecondaryIndexes).toEqual(expected);
  });
});

describe('every bucket', () => {
  const buckets = stacks.flatMap(({ resources }) =>
    Object.entries(resources)
      .filter(([, { Type }]) => Type === 'AWS::S3::Bucket')
      .map(([id, bucket]) => ({ id, bucket, resources })),
  );

  it.each(buckets)('$id is private, encrypted and kept', ({ bucket }) => {
    expect(bucket).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
      },
    });
    expect(JSON.stringify(bucket.Properties.LifecycleConfiguration)).toContain(
      'AbortIncompleteMultipartUpload',
    );
  });

  it.each(buckets)('$id refuses what does not come by TLS', ({ id, resources }) => {
    const policy = Object.values(resources).find(
      ({ Type, Properties }) =>
        Type === 'AWS::S3::BucketPolicy' && JSON.stringify(Properties.Bucket) === JSON.stringify({ Ref: id }),
    );
    expect(JSON.stringify(policy?.Properties)).toContain('{"Bool":{"aws:SecureTransport":"false"}}');
  });
});

describe('the secrets', () => {
  const secretsOf = (all: readonly Synthesized[]): Record<string, Resource> =>
    Object.assign(
      {},
      ...all.map(({ resources }) =>
        Object.fromEntries(
          Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::SecretsManager::Secret'),
        ),
      ),
    );
  const generatedBy = ({ Properties }: Resource): string => {
    const { PasswordLength, ExcludePunctuation } = Properties.GenerateSecretString;
    return (ExcludePunctuation ? 'Az09' : '{"\\').repeat(PasswordLength).slice(0, PasswordLength);
  };
  /** What CloudFormation makes of the secret that the functions read, and the secrets that it looked up. */
  const assembled = (all: readonly Synthesized[]): { ids: string[]; text: string } => {
    const secrets = secretsOf(all);
    const whole = Object.values(secrets).find(({ Properties }) => 'SecretString' in Properties);
    const parts: (string | { Ref: string })[] = whole?.Properties.SecretString['Fn::Join'][1];
    const ids: string[] = [];
    const text = parts.map((part) => (typeof part === 'string' ? part : part.Ref)).join('');
    const resolved = text.replace(
      /\{\{resolve:secretsmanager:(\w+):SecretString:::\}\}/g,
      (_, id: string) => {
        ids.push(id);
        const secret = secrets[id];
        return secret === undefined ? '' : generatedBy(secret);
      },
    );
    return { ids, text: resolved };
  };

  it('are, once generated, what lib/tokens reads', () => {
    const { ids, text } = assembled(stacks);
    expect(secretsSchema.parse(JSON.parse(text)).links.current).toBe(1);
    expect(new Set(ids).size).toBe(2);
  });

  it('LINK-2: a further version leaves the earlier one as it is', () => {
    const rotated = synthesize({ ...devStage, linkSecrets: { current: 2, kept: [1, 2] } });
    const { ids, text } = assembled(rotated);
    const { links } = secretsSchema.parse(JSON.parse(text));
    expect(links.current).toBe(2);
    expect(Object.keys(links.secrets)).toEqual(['1', '2']);
    for (const id of assembled(stacks).ids) {
      expect(ids).toContain(id);
      expect(secretsOf(rotated)[id]).toEqual(secretsOf(stacks)[id]);
    }
  });

  it('are in no template', () => {
    for (const { resources } of stacks) {
      // Logical ids, and the names of what stacks export, can be that long.
      const ids = Object.keys(resources).sort((left, right) => right.length - left.length);
      const told = ids.reduce((text, id) => text.replaceAll(id, 'id'), JSON.stringify(resources));
      expect(told.replaceAll(/ExportsOutput\w+/g, 'export')).not.toMatch(/[A-Za-z0-9+/]{64}/);
    }
  });
});
