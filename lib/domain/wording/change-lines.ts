import type { LineItem } from '#lib/domain/invoice/line-item.ts';
import { lineReckoning } from './line-words.ts';
import { taxName } from './reading.ts';
import { shortened, type Telling } from './telling.ts';

/** What an edit did to the lines, told in words. */

type Difference = {
  readonly added: readonly LineItem[];
  readonly removed: readonly LineItem[];
  readonly changed: ReadonlyArray<readonly [from: LineItem, to: LineItem]>;
};

/** Takes out of both lists what belongs together, in their order. */
const paired = (
  from: readonly LineItem[],
  to: readonly LineItem[],
  keyOf: (line: LineItem) => string,
): { pairs: [LineItem, LineItem][]; left: LineItem[]; right: LineItem[] } => {
  const waiting = Map.groupBy(from, keyOf);
  const pairs: [LineItem, LineItem][] = [];
  const right = to.filter((line) => {
    const partner = waiting.get(keyOf(line))?.shift();
    if (partner !== undefined) pairs.push([partner, line]);
    return partner === undefined;
  });
  const taken = new Set(pairs.map(([partner]) => partner));
  return { pairs, left: from.filter((line) => !taken.has(line)), right };
};

const ordered = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([key, inner]) => [key, ordered(inner)])
    : value;
const contentOf = ({ id: _id, ...content }: LineItem): string => JSON.stringify(ordered(content));

/**
 * Lines have their ids by their place, so that one that is put in or taken out moves those after it: what is the same is
 * found first, then what has the same name, and only then the same id.
 */
const differenceOf = (from: readonly LineItem[], to: readonly LineItem[]): Difference => {
  const same = paired(from, to, contentOf);
  const named = paired(same.left, same.right, ({ name }) => name);
  const renamed = paired(named.left, named.right, ({ id }) => id);
  return { added: renamed.right, removed: renamed.left, changed: [...named.pairs, ...renamed.pairs] };
};

const nameOf = ({ name }: LineItem): string => shortened(name);

const reckoned = (line: LineItem, { reading }: Telling): string =>
  `${lineReckoning(line, reading)} = ${reading.money(line.amount)}`;

/** One line that changed: its name, what it comes to and its tax, else that there is something new about it. */
const changedLine = ([from, to]: readonly [LineItem, LineItem], telling: Telling): string[] => {
  const { after, wording, reading } = telling;
  const taxOf = ({ tax }: LineItem) => taxName(tax, reading, after.seller?.vatId !== undefined);
  const name = nameOf(from) === nameOf(to) ? nameOf(to) : wording.fromTo(nameOf(from), nameOf(to));
  const reckonings = [reckoned(from, telling), reckoned(to, telling)] as const;
  const taxes = [taxOf(from), taxOf(to)] as const;
  const facts = [reckonings, taxes].filter(([before, now]) => before !== now);
  const isRenamed = from.name !== to.name;
  if (facts.length === 0 && isRenamed) return [reading.words.pair(wording.line.changed, name)];
  if (facts.length === 0) return [reading.words.pair(name, wording.text.changed)];
  const told = facts.map(([before, now]) => wording.fromTo(before, now)).join('; ');
  return [reading.words.pair(name, told)];
};

const namedOfMany = 3;

/** Each line of a few, else the names of some and how many more there are. */
const told = <T>(
  kind: 'added' | 'removed' | 'changed',
  items: readonly T[],
  few: number,
  telling: Telling,
  { each, name }: { each: (item: T) => string[]; name: (item: T) => string },
): string[] => {
  if (items.length <= few) return items.flatMap(each);
  const { wording, reading } = telling;
  const named = items.length > namedOfMany + 1 ? items.slice(0, namedOfMany) : items;
  const names = named.map(name);
  const more = items.length - named.length;
  return [
    reading.words.pair(wording.lines[kind], more === 0 ? names.join(', ') : wording.andMore(names, more)),
  ];
};

/** @param few how many lines of each kind are told one by one */
export const lineChanges = (telling: Telling, few: number): string[] => {
  const { before, after, changed, wording, reading } = telling;
  if (!changed.has('lineItems')) return [];
  const difference = differenceOf(before.lineItems, after.lineItems);
  const whole = (kind: 'added' | 'removed') => ({
    each: (line: LineItem) => [
      reading.words.pair(wording.line[kind], `${nameOf(line)} (${reckoned(line, telling)})`),
    ],
    name: nameOf,
  });
  const texts = [
    ...told('added', difference.added, few, telling, whole('added')),
    ...told('removed', difference.removed, few, telling, whole('removed')),
    ...told('changed', difference.changed, few, telling, {
      each: (pair) => changedLine(pair, telling),
      name: ([, to]) => nameOf(to),
    }),
  ];
  // None of them differs: they stand in another order.
  return texts.length > 0 ? texts : [reading.words.pair(reading.words.items, wording.text.changed)];
};
