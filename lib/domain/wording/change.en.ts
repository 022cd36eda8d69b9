import type { ChangeWording } from './change.ts';

export const changeWordingEn: ChangeWording = {
  language: 'en',
  heading: 'What has changed:',
  fromTo: (from, to) => `${from} → ${to}`,
  added: (value) => `${value} (added)`,
  removed: (value) => `${value} (removed)`,
  text: {
    added: 'new, please see the invoice',
    changed: 'changed, please see the invoice',
    removed: 'removed',
  },
  names: {
    title: 'Subject',
    paymentTerm: 'Payment term',
    ourDetails: 'Our details',
    yourDetails: 'Your details',
  },
  line: { added: 'Item added', removed: 'Item removed', changed: 'Item changed' },
  lines: { added: 'Items added', removed: 'Items removed', changed: 'Items changed' },
  andMore: (names, count) => `${names.join(', ')} and ${count} more`,
  nothingSeen: 'The items, the amounts and the dates are the same as before.',
  newTotal: (from, to) => `The total is now ${to} instead of ${from}.`,
  sameTotal: (total) => `The total remains ${total}.`,
  due: (day) => `It is due on ${day}.`,
  closing: 'Please use this version from now on. Thank you.',
};
