/** What changed between two images of an item, property by property (HIST-1). */
export type PropertyChange = { property: string; from: unknown; to: unknown };

/** Bookkeeping of ours, which says nothing that a person did. */
const silent = new Set([
  'id',
  'accountId',
  'shard',
  'version',
  'revision',
  'detailsRevision',
  'linesRevision',
  'lineCount',
  'followedTermDays',
  'counter',
  'run',
  'linkId',
  'accountingCurrency',
  'paymentCount',
  'hadOnlinePayment',
  'paySessionId',
  'payState',
  'disputeId',
  'disputeStatus',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
]);

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

/** Equal as JSON values, whatever the order of keys; absent and empty are the same. */
export const isSame = (left: unknown, right: unknown): boolean => {
  if (left === right || (isEmpty(left) && isEmpty(right))) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right))
    return (
      Array.isArray(left) &&
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => isSame(item, right[index]))
    );
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => isSame(left[key as keyof typeof left], right[key as keyof typeof right]));
};

type Image = Readonly<Record<string, unknown>>;

/** Custom properties are properties of their own. */
const spread = ({ customProperties, ...rest }: Image): Image => ({
  ...rest,
  ...Object.fromEntries(
    Object.entries((customProperties ?? {}) as Image).map(([name, value]) => [
      `customProperties.${name}`,
      value,
    ]),
  ),
});

/**
 * The changes from `before` (nothing, for a new item) to `after`, in the order of the names. What is absent is null;
 * absent and empty are the same.
 */
export const changesBetween = (beforeImage: Image | undefined, afterImage: Image): PropertyChange[] =>
  between(beforeImage, afterImage, isSame);

/**
 * The same of one part of what lies in several: its piece of a list is told even where it stayed, so that the pieces of
 * all parts make the whole list again.
 */
export const changesOfPart = (beforeImage: Image | undefined, afterImage: Image): PropertyChange[] =>
  between(beforeImage, afterImage, (from, to) => !Array.isArray(to) && isSame(from, to));

const between = (
  beforeImage: Image | undefined,
  afterImage: Image,
  isUntold: (from: unknown, to: unknown) => boolean,
): PropertyChange[] => {
  const before = beforeImage && spread(beforeImage);
  const after = spread(afterImage);
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after)]);
  return [...names]
    .filter((name) => !silent.has(name) && !isUntold(before?.[name], after[name]))
    .sort()
    .map((property) => ({ property, from: before?.[property] ?? null, to: after[property] ?? null }));
};
