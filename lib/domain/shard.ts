const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The shard of the lists that a new record lies in: spread evenly by the random end of its ULID. The account's number
 * of shards only grows, and readers look through all of them: a record is found wherever it lies.
 */
export const shardOf = (id: string, shards: number): number =>
  [...id.slice(-4)].reduce((value, letter) => value * 32 + alphabet.indexOf(letter), 0) % shards;
