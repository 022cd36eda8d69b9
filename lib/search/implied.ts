import { addDays } from '#lib/domain/day.ts';
import {
  type Branch,
  type Condition,
  type SearchProperty,
  searchProperty,
} from '#lib/domain/search/filter.ts';

/** What is derived is in no index, and says something of what is: an overdue invoice is open and past its due date. */

const property = (name: string): SearchProperty => {
  const known = searchProperty(name, []);
  if (known === undefined) throw new Error(`no property ${name}`);
  return known;
};
const isOpen: Condition = { property: property('status'), operator: 'EQ', value: 'open' };
const isDueBy = (value: string): Condition => ({ property: property('dueDate'), operator: 'LTE', value });

/** Days that no due date lies back. */
const longestAgo = 100_000;

/** The least number of days that the condition leaves, or undefined where it leaves none at all overdue. */
const leastDays = (condition: Condition): number | undefined => {
  switch (condition.operator) {
    case 'EQ':
    case 'GTE':
    case 'BETWEEN':
      return Math.ceil(Number(condition.value));
    case 'GT':
      return Math.floor(Number(condition.value)) + 1;
    case 'IN':
      return Math.ceil(Math.min(...condition.values.map(Number)));
    default:
      return undefined;
  }
};

const impliedBy = (condition: Condition, today: string): Condition[] => {
  const { name } = condition.property;
  const isTrue =
    (condition.operator === 'EQ' && condition.value === true) ||
    (condition.operator === 'NEQ' && condition.value === false);
  if (name === 'partiallyPaid' && isTrue) return [isOpen];
  if (name === 'overdue' && isTrue) return [isOpen, isDueBy(addDays(today, -1))];
  if (name !== 'daysOverdue') return [];
  const days = leastDays(condition);
  if (days === undefined || !(days > 0)) return [];
  return [isOpen, isDueBy(addDays(today, -Math.min(days, longestAgo)))];
};

/** The conditions of a branch, and those that follow from them: for planning; the evaluation needs them not. */
export const withImplied = (branch: Branch, today: string): Branch => [
  ...branch,
  ...branch.flatMap((condition) => impliedBy(condition, today)),
];
