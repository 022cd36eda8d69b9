import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { closeBrowser, renderPdf } from '#lib/documents/browser.ts';
import { findChromium } from '#lib/documents/chromium/program.ts';
import { readPdf } from './pdf-reader.ts';

const page = (body: string) =>
  `<!doctype html><html lang="en"><head><title>T</title></head><body>${body}${'<p>Some text</p>'.repeat(20)}</body></html>`;

afterAll(closeBrowser);

describe('Chromium as a printer', () => {
  it('prints documents that are asked for at once, each its own', async () => {
    const names = ['alpha', 'beta', 'gamma', 'delta'];
    const pdfs = await Promise.all(names.map((name) => renderPdf(page(name), 'A4')));
    const texts = await Promise.all(pdfs.map(async (pdf) => (await readPdf(pdf)).pages.join(' ')));
    expect(texts.map((text) => names.filter((name) => text.includes(name)))).toEqual(
      names.map((name) => [name]),
    );
  });

  it('PDF-2: asks the network for nothing, whatever a document says', async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url);
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await renderPdf(
      page(
        `<img src="${origin}/image"><iframe src="${origin}/frame"></iframe><link rel="stylesheet" href="${origin}/style">
         <style>@font-face{font-family:F;src:url(${origin}/font)} p{background:url(${origin}/background)}</style>
         <meta http-equiv="refresh" content="0;url=${origin}/refresh">`,
      ),
      'A4',
    );
    server.close();
    expect(asked).toEqual([]);
  });

  it('runs no script of a document', async () => {
    const { pages } = await readPdf(
      await renderPdf(page('<b id="b">as written</b><script>b.textContent = "changed"</script>'), 'A4'),
    );
    expect(pages[0]).toContain('as written');
  });

  it('reads no file of the machine', async () => {
    const { pages } = await readPdf(
      await renderPdf(page('<iframe src="file:///etc/passwd"></iframe>'), 'A4'),
    );
    expect(pages.join(' ')).not.toContain('root:');
  });

  it('starts anew after it was closed', async () => {
    await renderPdf(page('one'), 'A4');
    await closeBrowser();
    expect((await readPdf(await renderPdf(page('two'), 'A4'))).pages[0]).toContain('two');
  });

  it('says in a sentence that there is no browser', async () => {
    await expect(findChromium('/nowhere/chromium')).rejects.toThrow(
      'CHROMIUM_PATH names /nowhere/chromium, where there is no file.',
    );
  });

  it.runIf(process.platform === 'linux')('goes on with another browser when its own was killed', async () => {
    const child = runApart(`
      const { readFileSync } = await import('node:fs');
      await renderPdf(page, 'A4');
      const browsers = readFileSync('/proc/self/task/' + process.pid + '/children', 'utf8').trim().split(' ');
      for (const browser of browsers) process.kill(Number(browser), 'SIGKILL');
      process.stdout.write(String((await renderPdf(page, 'A4')).length > 1000));
      await closeBrowser();`);
    const [[printed], [code]] = await Promise.all([once(child.stdout, 'data'), once(child, 'exit')]);
    expect(String(printed)).toBe('true');
    expect(code).toBe(0);
  });

  it.runIf(process.platform === 'linux').each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
    'leaves no process behind when its own is ended by %s',
    async (signal) => {
      const child = runApart(
        `await renderPdf(page, 'A4'); process.stdout.write('printed'); setInterval(() => {}, 1000);`,
      );
      await once(child.stdout, 'data');
      const browsers = (await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8'))
        .trim()
        .split(' ');
      expect(await Promise.all(browsers.map(isRunning))).toContain(true);
      child.kill(signal);
      await once(child, 'exit');
      await vi.waitFor(async () => expect(await Promise.all(browsers.map(isRunning))).not.toContain(true), {
        timeout: 20_000,
      });
    },
  );
});

/** A process of its own that prints, so that it can be ended. */
const runApart = (work: string) => {
  const script = `
    const { renderPdf, closeBrowser } = await import('#lib/documents/browser.ts');
    const page = ${JSON.stringify(page('x'))};
    ${work}`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
};

const isRunning = async (pid: string): Promise<boolean> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return /^State:\s+[^ZX]/m.test(status);
};
