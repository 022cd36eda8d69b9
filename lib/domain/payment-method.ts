/** How a payment was made (PAY-1). */
export const paymentMethods = [
  'card',
  'ach',
  'cash',
  'check',
  'wire_transfer',
  'sepa',
  'bacs',
  'pads',
  'other',
] as const;
export type PaymentMethod = (typeof paymentMethods)[number];
