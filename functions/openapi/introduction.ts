/** What every client should know before its first call: sections of Markdown, for the document and for the page. */

export type IntroductionSection = { id: string; title: string; text: string };

export const introduction: readonly IntroductionSection[] = [
  {
    id: 'introduction',
    title: 'Introduction',
    text: `Quittance keeps invoices: drafts, numbers without gaps, amounts that add up to the last cent, payments, buyers’ links, and a history of every change. This is its HTTP API.

Requests and answers are JSON in UTF-8, with names in \`camelCase\`. A property that a request can’t have is refused, with a pointer to it. Answers may gain properties over time: ignore those that you don’t know.

Every answer has the header \`X-Request-Id\`. Keep it with your logs: it is what support asks for.`,
  },
  {
    id: 'authentication',
    title: 'Authentication',
    text: `Send a bearer token with each request. It is either a JWT of the identity provider that this deployment trusts, for a person, or an API key, for a program. A key is shown once, when it is created.

\`\`\`
Authorization: Bearer qk_…
\`\`\`

Members and keys have **permissions**, named at each action. Where several are named, any one of them opens the action; which one a given resource needs may depend on its state. A \`super_admin\` has all. A change of permissions acts on the very next request.`,
  },
  {
    id: 'accounts',
    title: 'Accounts',
    text: `All data belongs to an account. An API key is of one account. A person who is a member of several names one in the header \`Account-Id\`; without it the answer is \`account_required\`.

What belongs to another account does not exist: its ids answer 404, wherever they stand.`,
  },
  {
    id: 'errors',
    title: 'Errors',
    text: `Every refusal is a problem document after RFC 9457. Programs go by \`code\`, which does not change; \`title\` and \`detail\` are for people. A faulty request has all its faults in \`errors\`, each with a JSON Pointer into the body, or \`/query/\` and the parameter’s name.

\`\`\`json
{
  "type": "/docs#invalid_request",
  "title": "The request has faults",
  "status": 422,
  "code": "invalid_request",
  "requestId": "JkZ3mhE1DoEEPdQ=",
  "errors": [
    { "pointer": "/lineItems/0/quantity", "code": "required", "detail": "must be given" },
    { "pointer": "/currency", "code": "unknown_currency", "detail": "must be a currency code of ISO 4217" }
  ]
}
\`\`\`

Nothing of a refused request takes effect. With 429 and 503, wait for the seconds of \`Retry-After\` and send the request again. A 500 says nothing of the inside; its \`requestId\` leads to the log.`,
  },
  {
    id: 'idempotency',
    title: 'Idempotency',
    text: `A POST that changes something takes an \`Idempotency-Key\`: up to 255 characters of your choice, such as a UUID. If the connection breaks, send the request again with the same key. It takes effect once, however often it comes within 24 hours; the repeat gets the first status, the resource as it is by then, and \`Idempotency-Replayed: true\`.

The same key with another body or route is refused: \`idempotency_key_reused\`. Refusals are not kept, so a request can be put right and sent with its key again. Searches and previews change nothing and ignore the header.`,
  },
  {
    id: 'versions',
    title: 'Versions and ETags',
    text: `What can change has a \`version\`, which rises with each change and is its \`ETag\`. Send it back as \`If-Match\` with a PATCH, a DELETE or an action, and the change is made only if nobody else was first; otherwise the answer is \`version_conflict\` and nothing is done.

\`\`\`
If-Match: "3"
\`\`\`

A PATCH is a JSON merge patch after RFC 7396: what it does not name stays, \`null\` removes, and an array is replaced whole. In a POST, \`null\` means the same as leaving it out.`,
  },
  {
    id: 'lists',
    title: 'Lists and cursors',
    text: `A list answers \`data\` and \`nextCursor\`. Send the cursor back as \`cursor\`, with everything else as before, to get the next page; \`null\` means that this was the last. A page has 25 entries unless \`limit\` says another number, from 1 to 200. Cursors are opaque and belong to the list that gave them.`,
  },
  {
    id: 'amounts',
    title: 'Amounts, dates and codes',
    text: `Amounts are decimal strings, never numbers, so that no cent is lost on the way: \`"1234.50"\` in euros, \`"1200"\` in yen, \`"3.141"\` in Kuwaiti dinars. Answers always have the currency’s own decimals. Quantities and unit prices have up to six decimals, percentages up to four, and an amount at most 15 digits before the point.

Days are \`YYYY-MM-DD\`, in the account’s time zone; instants are ISO 8601 in UTC with milliseconds. Currencies are ISO 4217, countries ISO 3166-1 alpha-2, languages BCP 47, units UN/ECE Recommendation 20, tax categories EN 16931. Ids begin with what they are of, such as \`inv_\` for an invoice.

Everything has a limit, given with each property: a line of text has at most 200 characters, a longer text 5,000, a body 2,097,152 bytes.`,
  },
];

/** The introduction as one Markdown text. */
export const introductionText: string = introduction
  .map(({ title, text }) => `## ${title}\n\n${text}`)
  .join('\n\n');
