import type { AttributeValue, _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord, AttributeValue as LambdaValue } from 'aws-lambda';

/** A record as Lambda delivers it: values in DynamoDB's JSON form, times in seconds, the stream named. */
export function toLambdaRecord(record: StreamRecord, streamArn: string): DynamoDBRecord {
  const change = record.dynamodb ?? {};
  const { ApproximateCreationDateTime: at, Keys, NewImage, OldImage, SequenceNumber, SizeBytes } = change;
  return {
    ...(record.eventID ? { eventID: record.eventID } : {}),
    ...(record.eventName ? { eventName: record.eventName } : {}),
    eventVersion: record.eventVersion ?? '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: record.awsRegion ?? streamArn.split(':')[3] ?? '',
    eventSourceARN: streamArn,
    dynamodb: {
      ...(at ? { ApproximateCreationDateTime: at.getTime() / 1000 } : {}),
      ...(Keys ? { Keys: toLambdaItem(Keys) } : {}),
      ...(NewImage ? { NewImage: toLambdaItem(NewImage) } : {}),
      ...(OldImage ? { OldImage: toLambdaItem(OldImage) } : {}),
      ...(SequenceNumber ? { SequenceNumber } : {}),
      ...(SizeBytes === undefined ? {} : { SizeBytes }),
      ...(change.StreamViewType ? { StreamViewType: change.StreamViewType } : {}),
    },
    ...(record.userIdentity
      ? { userIdentity: { type: record.userIdentity.Type, principalId: record.userIdentity.PrincipalId } }
      : {}),
  };
}

function toLambdaItem(item: Record<string, AttributeValue>): Record<string, LambdaValue> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, toLambdaValue(value)]));
}

/** JSON has no bytes: they come as base64. */
function toLambdaValue(value: AttributeValue): LambdaValue {
  if (value.B !== undefined) return { B: base64(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(base64) };
  if (value.L !== undefined) return { L: value.L.map(toLambdaValue) };
  if (value.M !== undefined) return { M: toLambdaItem(value.M) };
  // DynamoDB Local leaves an empty map without its type; DynamoDB does not.
  if (Object.keys(value).length === 0) return { M: {} };
  return value as LambdaValue;
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
