import { beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '#functions/http/contract.ts';
import type { JsonSchema } from '#functions/openapi/types.ts';
import { type Client, newAccount, ok, person } from '#test/support/account.ts';
import { everyRoute, type Ids, oneOfEach, pathWith } from '#test/support/every-route.ts';
import { someNastyTexts, wholeProduct } from '#test/support/nasty.ts';
import { type Answer, type Json, service } from '#test/support/service.ts';
import { type Place, placeOf, textFields, valueAt, withValueAt } from '#test/support/text-fields.ts';

/**
 * Every text that a request's body can hold × texts that have broken other programs. The fields come of the OpenAPI
 * document: a later one is walked too. All texts of a body are nasty at once; what is refused is named, and what is
 * left comes back as it was sent. Every answer is held against the document (service.ts).
 */
const document: Promise<Json> = fetch(`${service().baseUrl}/openapi.json`).then((found) => found.json());
const components = async (): Promise<Record<string, JsonSchema>> => (await document).components.schemas;

const routes = everyRoute.filter(
  ({ body, access, mediaTypes }) =>
    body !== undefined && mediaTypes === undefined && ['account', 'signed_in'].includes(access.kind),
);

let admin: Client;
let ids: Ids;
let made = 0;
beforeAll(async () => {
  const account = await newAccount();
  admin = account.admin;
  ids = await oneOfEach(account);
});

const schemaOf = async ({ path, method }: Contract): Promise<JsonSchema> =>
  (await document).paths[path][method.toLowerCase()].requestBody.content['application/json'].schema;

/** The contract's example, with ids that are there and addresses that nobody has. */
const faultless = (contract: Contract): Json => {
  made += 1;
  const replaced = (value: Json, name: string): Json => {
    if (Array.isArray(value)) return [...new Set(value.map((item) => replaced(item, name)))];
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([inner, one]) => [inner, replaced(one, inner)]));
    const id = ids[name.replace(/Ids$/, 'Id')];
    if (id !== undefined && /Ids?$/.test(name)) return id;
    if (contract.name === 'create-invoice-property' && name === 'name') return `walk${made}`;
    return name === 'email' ? `walk-${process.pid}-${made}@example.com` : value;
  };
  return replaced(contract.example ?? {}, '');
};

/** What is refused becomes what the example has there, or goes, with what holds it where that can't be without. */
const repaired = (body: Json, pointer: string, base: Json): Json => {
  const place = placeOf(pointer);
  const right = valueAt(base, place);
  if (right !== undefined && valueAt(body, place) !== right) return withValueAt(body, place, right);
  for (let depth = place.length; depth > 0; depth--) {
    const outer = place.slice(0, depth);
    if (valueAt(body, outer) !== undefined) return withValueAt(body, outer, undefined);
  }
  // An earlier fault took it along.
  return body;
};

type Sent = { answer: Answer; body: Json };
/** Sends a body, without what is refused of it, until it is taken or refused for what is no field's fault. */
const sendUntilTaken = async (
  send: (body: Json) => Promise<Answer>,
  first: Json,
  base: Json,
): Promise<Sent> => {
  let body = first;
  for (let tries = 0; tries < 12; tries++) {
    const answer = await send(body);
    const faults: Json[] = answer.body?.errors ?? [];
    if (answer.status !== 422 || faults.length === 0) return { answer, body };
    for (const { pointer } of faults) body = repaired(body, pointer, base);
  }
  throw new Error(`it is refused whatever is left out: ${JSON.stringify(body).slice(0, 2_000)}`);
};

/** The resource itself, where the contracts have a route that reads it. */
const readBack = async (contract: Contract, { body }: Answer): Promise<Json> => {
  const at = pathWith(contract, ids);
  const reads = everyRoute.filter(({ method }) => method === 'GET');
  if (contract.method === 'PATCH' && reads.some(({ path }) => path === contract.path))
    return ok(await admin.get(at));
  const hasOwn = reads.some(
    ({ path }) =>
      path.startsWith(`${contract.path}/{`) && !path.slice(contract.path.length + 1).includes('/'),
  );
  return hasOwn && body?.id ? ok(await admin.get(`${at}/${body.id}`)) : body;
};

/** What no answer shows, or shows in another way. */
const notShown = new Set([
  ...['send-invoice intro', 'preview-send intro', 'search-invoices query', 'create-invoice-property name'],
  // Spaces of every kind are one space in a header.
  ...['send-invoice subject', 'preview-send subject'],
]);

const walk = async (
  contract: Contract,
  { fields, text, client }: { fields: readonly Place[]; text: string; client: Client },
): Promise<void> => {
  const base = faultless(contract);
  const path = pathWith(contract, ids);
  const send = (sent: Json) =>
    contract.method === 'PATCH' ? client.patch(path, sent) : client.post(path, sent);
  const first = fields.reduce((whole, place) => withValueAt(whole, place, text), base);
  const { answer, body } = await sendUntilTaken(send, first, base);
  if (answer.status >= 300) return;
  const stored = fields.filter(
    (place) => valueAt(body, place) === text && !notShown.has(`${contract.name} ${place.join('/')}`),
  );
  const read = await readBack(contract, answer);
  for (const place of stored)
    expect([place.join('/'), valueAt(answer.body, place), valueAt(read, place)]).toEqual([
      ...[place.join('/'), text, text],
    ]);
};

describe('a body whose texts are nasty', () => {
  it.each(routes.map((route) => [route.name, route] as const))(
    'API-1: %s takes them as they are, or says which it does not take',
    async (_, contract) => {
      const fields = textFields(await schemaOf(contract), await components());
      const client = contract.access.kind === 'account' ? admin : (await person()).client;
      const rounds = wholeProduct ? [fields, ...fields.map((place) => [place])] : [fields];
      const todo = rounds.flatMap((some) => someNastyTexts(5).map((named) => [some, ...named] as const));
      const work = async (): Promise<void> => {
        for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
          const [some, what, text] = next;
          await walk(contract, { fields: some, text, client }).catch((error) => {
            throw new Error(`${what}: ${error.message}`, { cause: error });
          });
        }
      };
      // A patch is read back before the next one.
      await Promise.all((contract.method === 'PATCH' ? [1] : [1, 2, 3]).map(work));
    },
  );
});
