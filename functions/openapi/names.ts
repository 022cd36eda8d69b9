/** Name of the schema of an action's body: `CreateInvoiceRequest` for `create-invoice`. */
export const bodyName = (action: string): string =>
  `${action.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}Request`;
