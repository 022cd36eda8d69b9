/**
 * What an invoice's life is taken as, from the draft to the last look at it. A step is one call of the action; `times` is
 * how often an invoice has it, on average. What an action reads and writes, and what the workers do after it, is measured
 * (test/integration/capacity).
 */
export const life = [
  // Every fifth invoice has a new buyer.
  { action: 'create-contact', times: 0.2 },
  { action: 'create-invoice', times: 1 },
  { action: 'update-invoice', times: 2 },
  { action: 'preview-invoice', times: 1 },
  { action: 'open-preview', times: 1 },
  // The number, and behind it the PDF.
  { action: 'finalize-invoice', times: 1 },
  // The e-mail with the PDF, and what SES tells of it.
  { action: 'send-invoice', times: 1 },
  { action: 'open-link-with-slug', times: 2 },
  { action: 'open-link-pdf', times: 1 },
  { action: 'record-invoice-payment', times: 1 },
  // What the seller and the seller's systems look at.
  { action: 'get-invoice', times: 5 },
  { action: 'list-invoices', times: 3 },
  { action: 'search-invoices', times: 1 },
  { action: 'get-invoice-pdf', times: 1 },
  { action: 'list-invoice-emails', times: 1 },
  { action: 'get-invoice-history', times: 1 },
] as const satisfies readonly { action: string; times: number }[];

/** What nothing here can measure: only a deployment can, and it does in its logs. */
export const assumed = {
  /** Milliseconds of a call, its share of cold starts included. A function that is not named takes `action`. */
  milliseconds: {
    action: 120,
    'record-history': 60,
    'relay-outbox': 40,
    'render-pdf': 2_500,
    'send-email': 600,
    'note-mail-events': 60,
    'run-schedules': 60,
    'sweep-sessions': 60,
    'check-history': 5_000,
  } as Readonly<Record<string, number>>,
  /** Of the nightly check, for each invoice that it looks at. */
  millisecondsChecked: 2,
  /** Changes that a reader of the stream is woken for at once, while many come. */
  recordsABatch: 4,
  /** One to send it, one to receive it, one to delete it. */
  requestsAMessage: 3,
  /** Of a call of an action: its line in the access log and in its own. Workers log what fails. */
  loggedBytes: 900,
  /** An answer with its headers; PDFs and e-mails go besides. */
  answerBytes: 5_000,
  /** A function reads its secrets anew every five minutes. */
  secretReads: 0.5,
  /** What SES tells of an e-mail: that it was sent, and delivered. */
  mailEvents: 2,
  /** Times that a PDF is read in S3: for its e-mail, by the seller, by the buyer. */
  pdfReads: 3,
  /** Lambda asks a queue by five pollers, each again after twenty seconds, also while it is empty. */
  pollsAMinute: 15,
  /** Metrics that a mapping counts once EventCount is switched on, and a configuration set with its reputation. */
  metricsOfMapping: 6,
  metricsOfReputation: 2,
  /** The table shows the bill of this month of a deployment that has had so many invoices from the first on. */
  monthsKept: 12,
  monthsLogged: 3,
  daysAMonth: 30,
} as const;
