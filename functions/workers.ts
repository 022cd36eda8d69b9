import type { Use } from './http/contract.ts';

/** The queues of work, each with a dead-letter queue. */
export const queueNames = ['render', 'email', 'cleanup', 'export', 'mail-events'] as const;
export type QueueName = (typeof queueNames)[number];
/** How often a message is handed out before it goes to the dead-letter queue. */
export const timesTried = 5;

/** The functions that work in the background: what starts each, and what it touches. */
export type Worker = {
  name: string;
  trigger: { stream: true } | { queue: QueueName } | { everyMinutes: number };
  uses: readonly Use[];
  timeoutSeconds: number;
  memoryMb: number;
  batchSize: number;
  /** Chromium's package is for x64 alone. */
  architecture?: 'x64';
};

export const workers: readonly Worker[] = [
  {
    name: 'record-history',
    trigger: { stream: true },
    uses: ['table:write'],
    timeoutSeconds: 60,
    memoryMb: 512,
    batchSize: 100,
  },
  {
    name: 'relay-outbox',
    trigger: { stream: true },
    uses: ['queue:render', 'queue:email', 'queue:cleanup', 'queue:export'],
    timeoutSeconds: 60,
    memoryMb: 512,
    batchSize: 100,
  },
  {
    name: 'render-pdf',
    trigger: { queue: 'render' },
    uses: [
      'table:read',
      'table:write',
      'documents:read',
      'documents:write',
      'documents:delete',
      'queue:email',
    ],
    timeoutSeconds: 120,
    memoryMb: 2_048,
    batchSize: 1,
    architecture: 'x64',
  },
  {
    name: 'send-email',
    trigger: { queue: 'email' },
    uses: ['table:read', 'table:write', 'documents:read', 'mail', 'secrets', 'queue:render'],
    timeoutSeconds: 60,
    memoryMb: 1_024,
    batchSize: 1,
  },
  {
    name: 'note-mail-events',
    trigger: { queue: 'mail-events' },
    uses: ['table:read', 'table:write'],
    timeoutSeconds: 30,
    memoryMb: 512,
    batchSize: 10,
  },
  {
    name: 'clean-up',
    trigger: { queue: 'cleanup' },
    uses: [
      'table:read',
      'table:lists',
      'table:write',
      'table:delete',
      'documents:delete',
      'documents:uploads',
      'queue:cleanup',
    ],
    timeoutSeconds: 60,
    memoryMb: 512,
    batchSize: 1,
  },
  {
    name: 'run-export',
    trigger: { queue: 'export' },
    uses: [
      'table:read',
      'table:lists',
      'table:write',
      'table:update',
      'documents:read',
      'documents:write',
      'documents:delete',
      'documents:uploads',
      'queue:export',
      'queue:render',
      'mail:address',
    ],
    timeoutSeconds: 900,
    memoryMb: 2_048,
    batchSize: 1,
  },
  {
    name: 'run-schedules',
    trigger: { everyMinutes: 1 },
    uses: ['table:read', 'table:write', 'table:delete'],
    timeoutSeconds: 55,
    memoryMb: 512,
    batchSize: 1,
  },
  {
    name: 'sweep-sessions',
    trigger: { everyMinutes: 5 },
    uses: ['table:read', 'table:write', 'table:delete', 'payments', 'mail:address'],
    timeoutSeconds: 240,
    memoryMb: 512,
    batchSize: 1,
  },
  {
    name: 'check-history',
    trigger: { everyMinutes: 24 * 60 },
    uses: ['table:read', 'table:lists', 'table:write', 'table:delete'],
    timeoutSeconds: 900,
    memoryMb: 512,
    batchSize: 1,
  },
];
