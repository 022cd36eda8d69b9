import { styleText } from 'node:util';
import { readablePath, type ServiceFile, serviceFileIn, tokenFileIn } from './service-file.ts';

type Output = NodeJS.WritableStream & { isTTY?: boolean };

/** Single quotes, where a shell would take the path apart. */
const quoted = (path: string): string =>
  /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

/** Commands for a POSIX shell, to be pasted as they are: a draft becomes an invoice in its buyer's mail. */
export const firstCommands = (baseUrl: string, draftId: string, dataDir: string): string[] => {
  const curl = (what: string) => `curl -w '\\n' ${what} -H "Authorization: Bearer $TOKEN"`;
  return [
    `TOKEN=$(cat ${quoted(tokenFileIn(dataDir))})`,
    `INVOICE=${baseUrl}/v1/invoices/${draftId}`,
    curl('-X POST $INVOICE/finalize'),
    curl('-X POST $INVOICE/send'),
    curl('$INVOICE/history'),
  ];
};

/** What is said once the service is ready: where everything is, and something to try. */
export const welcome = (
  service: ServiceFile,
  given: { draftId: string | undefined; dataDir: string; output: Output },
): string => {
  const { draftId, dataDir, output } = given;
  const style = (format: Parameters<typeof styleText>[0], text: string) =>
    styleText(format, text, { stream: output });
  const row = (name: string, value: string, note = '') =>
    `  ${name.padEnd(14)}${style('cyan', value)}${note && `  ${style('dim', note)}`}`;
  const rows = [
    row('API', service.baseUrl),
    row('Documentation', service.docsUrl),
    row('Mailbox', service.mailboxUrl, 'every e-mail lands here'),
    row('Buyer’s page', service.buyerUrl),
    row('API key', service.accounts[0]?.apiKey ?? ''),
    row('Tokens', readablePath(serviceFileIn(dataDir)), 'two accounts, three roles in each'),
  ];
  const story =
    draftId === undefined
      ? []
      : [
          '',
          '  Try it in another terminal: finalize a draft, e-mail it, and read its history.',
          '',
          ...firstCommands(service.baseUrl, draftId, dataDir).map((command) => `  ${command}`),
        ];
  return [
    '',
    `  ${style(['bold', 'green'], 'Quittance is ready.')}`,
    '',
    ...rows,
    ...story,
    '',
    '  Ctrl-C stops it.',
    '',
  ].join('\n');
};
