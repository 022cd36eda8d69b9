import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { actions } from '#functions/actions.ts';
import { openApiDocument } from '#functions/openapi/document.ts';
import { docsHeaders, renderDocs } from '#functions/openapi/page/docs-page.tsx';
import { refusalCodes } from '#lib/domain/refusal.ts';

const document = openApiDocument({ baseUrl: 'https://api.example.com' });
const html = renderDocs(document);
const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);

describe('the page to read', () => {
  it('API-5: has an anchor for every action', () => {
    expect(ids).toEqual(expect.arrayContaining(actions.map(({ name }) => name)));
  });

  it('API-5: has an anchor for every code, which problem documents point to', () => {
    expect(ids).toEqual(expect.arrayContaining([...refusalCodes, 'internal_error']));
  });

  it('has no anchor twice, and no link to one that is not there', () => {
    expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted());
    const targets = [...html.matchAll(/ href="#([^"]+)"/g)].map(([, target]) => target);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  it('works offline: it has no script and fetches nothing', () => {
    expect(html).not.toMatch(/<script|<link|<img|<iframe| src=| on[a-z]+="/);
    expect(html).not.toMatch(/url\(|@import/);
  });

  it('has a policy that allows its own style and nothing else', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(docsHeaders['content-security-policy']).toContain("default-src 'none'");
    expect(docsHeaders['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
  });

  it('is small enough to be read on a phone', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(1_500_000);
  });
});
