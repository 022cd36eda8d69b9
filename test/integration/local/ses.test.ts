import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetIdentityVerificationAttributesCommand,
  SendRawEmailCommand,
  SendTemplatedEmailCommand,
  VerifyEmailIdentityCommand,
} from '@aws-sdk/client-ses';
import { createTransport } from 'nodemailer';
import type Mail from 'nodemailer/lib/mailer/index.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AcceptedMail } from '#infra/local/mail-store.ts';
import { type LocalSes, startSes } from '#infra/local/ses.ts';
import { sesClient } from './clients.ts';

let ses: LocalSes;
let client: ReturnType<typeof sesClient>;
beforeAll(async () => {
  ses = await startSes({ port: 0, dataDir: undefined });
  client = sesClient(ses.endpoint);
});
afterAll(() => ses.stop());

async function mime(mail: Mail.Options): Promise<Buffer> {
  const built = await createTransport({ streamTransport: true, buffer: true }).sendMail({
    from: 'Seller <seller@example.com>',
    to: 'buyer@example.com',
    ...mail,
  });
  return built.message as Buffer;
}

async function stored(from = ses): Promise<(AcceptedMail & { raw: string })[]> {
  return (await fetch(`${from.endpoint}/store`)).json() as ReturnType<typeof stored>;
}

const send = (raw: Uint8Array, Destinations?: string[], to = client) =>
  to.send(new SendRawEmailCommand({ RawMessage: { Data: raw }, Destinations }));

describe('SendRawEmail', () => {
  it('keeps the envelope apart from the headers, with tags and an id of the shape that SES gives', async () => {
    const heard: string[] = [];
    const stopListening = ses.onAccepted((mail) => heard.push(mail.id));
    const { MessageId } = await client.send(
      new SendRawEmailCommand({
        Source: 'seller@example.com',
        Destinations: ['buyer@example.com', 'Copy <copy@example.com>', 'hidden@example.com'],
        Tags: [{ Name: 'emailId', Value: 'eml_1' }],
        ConfigurationSetName: 'deliveries',
        RawMessage: { Data: await mime({ subject: 'Facture n° 7', cc: 'copy@example.com', text: 'hello' }) },
      }),
    );
    stopListening();
    expect(MessageId).toMatch(/^[0-9a-f]{16}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-000000$/);
    expect(heard).toEqual([MessageId]);
    const mail = (await stored()).find((one) => one.id === MessageId);
    expect(mail).toMatchObject({
      source: 'seller@example.com',
      destinations: ['buyer@example.com', 'copy@example.com', 'hidden@example.com'],
      tags: { emailId: 'eml_1' },
      configurationSetName: 'deliveries',
      subject: 'Facture n° 7',
    });
    expect(Buffer.from(mail?.raw ?? '', 'base64').toString()).not.toContain('hidden@example.com');
  });

  it('without Destinations takes those of the headers, and lets no Bcc out', async () => {
    const raw = Buffer.from(
      'From: a@example.com\r\nTo: b@example.com\r\nBcc: c@example.com,\r\n d@example.com\r\nSubject: s\r\n\r\nBcc: body\r\n',
    );
    const { MessageId } = await send(raw);
    const mail = (await stored()).find((one) => one.id === MessageId);
    expect(mail?.destinations).toEqual(['b@example.com', 'c@example.com', 'd@example.com']);
    expect(Buffer.from(mail?.raw ?? '', 'base64').toString()).toBe(
      'From: a@example.com\r\nTo: b@example.com\r\nSubject: s\r\n\r\nBcc: body\r\n',
    );
  });

  it('takes fifty recipients and refuses the fifty-first', async () => {
    const raw = await mime({ text: 'x' });
    const recipients = Array.from({ length: 51 }, (_, i) => `r${i}@example.com`);
    await send(raw, recipients.slice(1));
    await expect(send(raw, recipients)).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: 'Recipient count exceeds 50.',
    });
  });

  it('takes ten megabytes and refuses one byte more', async () => {
    const head = Buffer.from('From: a@example.com\r\nTo: b@example.com\r\n\r\n');
    const whole = Buffer.concat([head, Buffer.alloc(10_485_760 - head.length, 'x')]);
    await send(whole);
    await expect(send(Buffer.concat([whole, Buffer.from('x')]))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });

  it('refuses what is no address, and an action that it does not know', async () => {
    await expect(send(await mime({ text: 'x' }), ['nobody'])).rejects.toMatchObject({
      message: "Missing final '@domain'",
    });
    const unknown = new SendTemplatedEmailCommand({
      Source: 'a@example.com',
      Destination: { ToAddresses: ['b@example.com'] },
      Template: 't',
      TemplateData: '{}',
    });
    await expect(client.send(unknown)).rejects.toMatchObject({ name: 'InvalidAction' });
  });

  it('knows the identities that were verified, and no others', async () => {
    await client.send(new VerifyEmailIdentityCommand({ EmailAddress: 'seller@example.com' }));
    const { VerificationAttributes } = await client.send(
      new GetIdentityVerificationAttributesCommand({
        Identities: ['seller@example.com', 'other@example.com'],
      }),
    );
    expect(VerificationAttributes).toEqual({ 'seller@example.com': { VerificationStatus: 'Success' } });
  });

  it('with a data folder keeps mails over a restart, in order', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'quittance-mail-'));
    const ids: (string | undefined)[] = [];
    for (const subject of ['one', 'two']) {
      const run = await startSes({ port: 0, dataDir });
      ids.push(
        (await send(await mime({ subject, text: 'x' }), undefined, sesClient(run.endpoint))).MessageId,
      );
      await run.stop();
    }
    const again = await startSes({ port: 0, dataDir });
    const mails = await stored(again);
    await again.stop();
    await rm(dataDir, { recursive: true });
    expect(mails.map((mail) => [mail.id, mail.subject])).toEqual([
      [ids[0], 'one'],
      [ids[1], 'two'],
    ]);
    expect(Buffer.from(mails[1]?.raw ?? '', 'base64').toString()).toContain('Subject: two');
  });
});

describe('the mailbox', () => {
  const page = async (path: string) => {
    const answer = await fetch(ses.endpoint + path);
    return { answer, html: await answer.text() };
  };
  let id: string | undefined;
  beforeAll(async () => {
    const raw = await mime({
      subject: '<script>alert("s")</script>',
      text: 'plain <b>text</b>',
      html: '<html><head><title>t</title></head><body><a href="https://example.com/">pay</a><img src="cid:logo"></body></html>',
      attachments: [
        { filename: 'Facture "é".pdf', content: Buffer.from('%PDF-1.7'), contentType: 'application/pdf' },
        { filename: 'page.html', content: '<script>1</script>', contentType: 'text/html' },
        { filename: 'logo.png', content: Buffer.from('png'), contentType: 'image/png', cid: 'logo' },
      ],
    });
    id = (await send(raw)).MessageId;
  });

  it('lists the newest mail first, and nothing in it is markup', async () => {
    const { answer, html } = await page('/');
    expect(html).not.toContain('<script');
    expect(html).toContain('alert(');
    expect(html.indexOf(`/mails/${id}`)).toBe(html.indexOf('/mails/'));
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('shows headers, the plain text escaped, the HTML in a sandboxed frame, and the attachments', async () => {
    const { html } = await page(`/mails/${id}`);
    expect(html).not.toContain('<script');
    expect(html).toContain('plain &#60;b&#62;text&#60;/b&#62;');
    expect(html).toMatch(/<iframe[^>]* sandbox="allow-popups allow-popups-to-escape-sandbox"/);
    expect(html).toContain('Facture &#34;é&#34;.pdf');
    expect(html).toContain('<dt>Subject</dt>');
  });

  it('gives the HTML part no rights, its own pictures, and links that open beside it', async () => {
    const { answer, html } = await page(`/mails/${id}/html`);
    expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox allow-popups/);
    expect(html).toContain('<head><base target="_blank">');
    expect(html).toContain(`src="data:image/png;base64,${Buffer.from('png').toString('base64')}"`);
  });

  it('opens a PDF in place and has everything else downloaded', async () => {
    const { html } = await page(`/mails/${id}`);
    const open = (name: string) => {
      const [, path] = new RegExp(`href="([^"]+)"[^>]*>[^<]*${name}</a>`).exec(html) ?? [];
      return fetch(ses.endpoint + path);
    };
    const pdf = await open('.pdf');
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(pdf.headers.get('content-disposition')).toMatch(/^inline; filename\*=UTF-8''Facture%20/);
    expect(await pdf.text()).toBe('%PDF-1.7');
    const other = await open('page.html');
    expect(other.headers.get('content-type')).toBe('application/octet-stream');
    expect(other.headers.get('content-disposition')).toMatch(/^attachment;/);
  });

  it.each(['/mails/none', '/mails/none/html', '/other', '/mails/..%2fx'])('knows no %s', async (path) => {
    expect((await page(path)).answer.status).toBe(404);
  });
});
