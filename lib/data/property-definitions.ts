import { type PropertyDefinition, storedPropertyDefinition } from '#lib/domain/property-definition.ts';
import { propertyKey } from './keys.ts';
import { queryAll, type Table } from './table.ts';

/** All definitions of an account's custom properties; `maxDefinitions` bounds them. */
export const readPropertyDefinitions = async (
  table: Table,
  accountId: string,
): Promise<PropertyDefinition[]> => {
  const items = await queryAll(table, { pk: propertyKey(accountId, '').pk });
  return items.map((item) =>
    storedPropertyDefinition.parse({ ...(item.data as object), revision: item.revision }),
  );
};

/** How many custom properties an account may define. */
export const maxDefinitions = 200;
