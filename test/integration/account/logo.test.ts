import PostalMime from 'postal-mime';
import { extractImages } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { type Client, memberWith, newAccount, newContact, newInvoice, ok } from '#test/support/account.ts';
import { jpeg, png } from '#test/support/pictures.ts';
import { type Answer, call, eventually, type Json, service } from '#test/support/service.ts';

const red = png(120, 40, [200, 30, 30]);
const blue = png(60, 60, [30, 30, 200]);

const putLogo = (client: Client, raw: Uint8Array, mediaType = 'image/png', more = {}): Promise<Answer> =>
  client.put('/v1/settings/logo', undefined, { raw, headers: { 'content-type': mediaType, ...more } });

const download = async (url: string): Promise<{ mediaType: string | null; bytes: Buffer }> => {
  const response = await fetch(url);
  return {
    mediaType: response.headers.get('content-type'),
    bytes: Buffer.from(await response.arrayBuffer()),
  };
};

const shownIn = (html: string): Buffer[] =>
  [...html.matchAll(/src="data:image\/(?:png|jpeg);base64,([^"]+)"/g)].map(([, data = '']) =>
    Buffer.from(data, 'base64'),
  );

describe('the logo', () => {
  it('SET-1: is read back at a signed address that lives five minutes at most', async () => {
    const { admin } = await newAccount();
    expect(ok(await admin.get('/v1/settings')).logo).toBeNull();
    const settings = ok(await putLogo(admin, red));
    expect(settings.version).toBe(2);
    expect(await download(settings.logo)).toEqual({ mediaType: 'image/png', bytes: red });
    const { logo } = ok(await admin.get('/v1/settings'));
    expect((await download(logo)).bytes).toEqual(red);
    expect(Number(new URL(logo).searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(300);
    const unsigned = new URL(logo);
    unsigned.search = '';
    expect((await fetch(unsigned)).status).toBe(403);
  });

  it('SET-1: can be a JPEG', async () => {
    const { admin } = await newAccount();
    const { logo } = ok(await putLogo(admin, jpeg, 'image/jpeg'));
    expect(await download(logo)).toEqual({ mediaType: 'image/jpeg', bytes: jpeg });
  });

  it('SET-1: stays through a change of other settings', async () => {
    const { admin } = await newAccount();
    ok(await putLogo(admin, red));
    const { logo } = ok(await admin.patch('/v1/settings', { terms: 'Thirty days' }));
    expect((await download(logo)).bytes).toEqual(red);
  });

  it('SET-1: changes nothing when it is the same again', async () => {
    const { admin } = await newAccount();
    ok(await putLogo(admin, red));
    expect(await putLogo(admin, red)).toMatchObject({ status: 200, body: { version: 2 } });
    expect(ok(await putLogo(admin, blue)).version).toBe(3);
  });

  it('SET-1: is a picture of the type that it is sent as, and not too large', async () => {
    const { admin } = await newAccount();
    const fault = (code: string) => ({
      status: 422,
      body: { code: 'invalid_request', errors: [{ pointer: '', code }] },
    });
    expect(await putLogo(admin, red, 'image/jpeg')).toMatchObject(fault('invalid_image'));
    expect(await putLogo(admin, Buffer.from('not a picture'))).toMatchObject(fault('invalid_image'));
    expect(await putLogo(admin, red.subarray(0, -8))).toMatchObject(fault('invalid_image'));
    expect(await putLogo(admin, png(8, 8, [1, 2, 3], 1_048_576))).toMatchObject(fault('too_large'));
    expect(await putLogo(admin, png(4_001, 1, [1, 2, 3]))).toMatchObject(fault('too_many_pixels'));
    expect(await putLogo(admin, png(8, 8, [1, 2, 3], 2_097_152))).toMatchObject({
      status: 413,
      body: { code: 'body_too_large' },
    });
    expect(await putLogo(admin, red, 'image/svg+xml')).toMatchObject({
      status: 415,
      body: { code: 'unsupported_media_type' },
    });
    expect(ok(await admin.get('/v1/settings'))).toMatchObject({ logo: null, version: 1 });
  });

  it('SET-1: is removed once', async () => {
    const { admin } = await newAccount();
    ok(await putLogo(admin, red));
    expect((await admin.delete('/v1/settings/logo')).status).toBe(204);
    expect(ok(await admin.get('/v1/settings'))).toMatchObject({ logo: null, version: 3 });
    expect((await admin.delete('/v1/settings/logo')).status).toBe(404);
  });

  it('API-3: is put and removed only over the version that If-Match names', async () => {
    const { admin } = await newAccount();
    const stale = { 'if-match': '"7"' };
    expect((await putLogo(admin, red, 'image/png', stale)).status).toBe(412);
    const put = await putLogo(admin, red, 'image/png', { 'if-match': '"1"' });
    expect(put.headers.get('etag')).toBe('"2"');
    expect((await admin.delete('/v1/settings/logo', { headers: stale })).status).toBe(412);
    expect((await admin.delete('/v1/settings/logo', { headers: { 'if-match': '"2"' } })).status).toBe(204);
  });

  it('PERM-3: needs settings.write', async () => {
    const account = await newAccount();
    const reader = await memberWith(account, ['invoices.read', 'invoices.write']);
    expect((await putLogo(reader, red)).status).toBe(403);
    expect((await reader.delete('/v1/settings/logo')).status).toBe(403);
  });
});

describe('the logo of an invoice', () => {
  it('LIFE-4: is on the page as it was when the invoice was finalized', async () => {
    const { admin } = await newAccount();
    const bare = await newInvoice(admin);
    ok(await putLogo(admin, red));
    const early = await newInvoice(admin);
    ok(await putLogo(admin, blue));
    const late = await newInvoice(admin);
    expect((await admin.delete('/v1/settings/logo')).status).toBe(204);
    const page = async ({ link }: Json): Promise<Buffer[]> => shownIn((await call('GET', link)).text);
    expect(await page(bare)).toEqual([]);
    expect(await page(early)).toEqual([red]);
    expect(await page(late)).toEqual([blue]);
    // LINK-1: the words at the end of the address are for people.
    expect(await page({ link: early.link.replace(/\/[^/]*$/, '') })).toEqual([red]);
    const { url } = ok(await admin.get(`/v1/invoices/${late.id}/preview`));
    expect(await page({ link: url })).toEqual([blue]);
  });

  it('LIFE-4: is in the PDF and in the e-mail, whatever the account’s is by then', async () => {
    const { admin } = await newAccount();
    ok(await putLogo(admin, red));
    const contact = await newContact(admin);
    const invoice = await newInvoice(admin, { contactId: contact.id });
    ok(await putLogo(admin, blue));
    ok(await admin.post(`/v1/invoices/${invoice.id}/send`, {}));

    const address = await eventually(async () => {
      const { status, body } = await admin.get(`/v1/invoices/${invoice.id}/pdf`);
      return status === 200 ? body.url : undefined;
    }, 'the PDF is made');
    const pdf = await download(address);
    const images = await extractImages(new Uint8Array(pdf.bytes), 1);
    expect(images.map(({ width, height }) => [width, height])).toEqual([[120, 40]]);

    const mail = await eventually(async () => {
      const sent = (await (await fetch(`${service().mailbox}/store`)).json()) as Json[];
      return sent.find(({ destinations }) => destinations.includes(contact.email));
    }, 'the e-mail is in the mailbox');
    const raw = await fetch(`${service().mailbox}/mails/${mail.id}/raw`);
    const { html = '', attachments } = await PostalMime.parse(await raw.arrayBuffer());
    const logo = attachments.find(({ mimeType }) => mimeType === 'image/png');
    expect(Buffer.from(logo?.content as ArrayBuffer)).toEqual(red);
    expect(html).toContain(`src="cid:${logo?.contentId?.replace(/^<|>$/g, '')}"`);
    expect(attachments.map(({ mimeType }) => mimeType)).toContain('application/pdf');
  });
});
