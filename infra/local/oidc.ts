import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OAuth2Server } from 'oauth2-mock-server';
import * as z from 'zod';
import { LOOPBACK } from './loopback.ts';

export const AUDIENCE = 'quittance';
const TOKEN_LIFE_SECONDS = 12 * 3600;

/** `null` leaves a claim out; `exp`, `iat` and `nbf` are seconds since 1970. */
export interface TokenClaims {
  sub: string;
  email: string | null;
  email_verified?: boolean | null;
  name?: string;
  aud?: string | string[] | null;
  exp?: number;
  [claim: string]: unknown;
}

const Claims = z.looseObject({ sub: z.string().min(1), email: z.string().nullable() });

export interface LocalIssuer {
  readonly issuer: string;
  issueToken(claims: TokenClaims): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts an OpenID issuer whose tokens (RS256) carry an e-mail address, verified unless said otherwise, for
 * the audience `quittance`, valid for twelve hours. With `dataDir` the key outlives a restart, and so do the
 * tokens if the port does. `POST /dev-token` with claims as JSON answers `{token}`: the server's own
 * `/token` knows nothing of e-mail addresses.
 */
export async function startIssuer(options: {
  port: number;
  dataDir: string | undefined;
}): Promise<LocalIssuer> {
  const server = new OAuth2Server();
  await loadKey(server, options.dataDir);
  const issueToken = (claims: TokenClaims) =>
    server.issuer.buildToken({
      expiresIn: TOKEN_LIFE_SECONDS,
      scopesOrTransform: (_header, payload) => {
        Object.assign(payload, { aud: AUDIENCE, email_verified: true }, claims);
        for (const [name, value] of Object.entries(payload)) if (value == null) delete payload[name];
      },
    });
  server.service.addRoute('POST', '/dev-token', async (request, response) => {
    const claims = Claims.safeParse(request.body);
    const answer = claims.success
      ? { token: await issueToken(claims.data) }
      : { error: 'Give at least "sub" and "email", as JSON.' };
    response.writeHead(claims.success ? 200 : 400, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer));
  });
  await server.start(options.port, LOOPBACK);
  const issuer = `http://${LOOPBACK}:${server.address().port}`;
  server.issuer.url = issuer; // it would name itself localhost
  return { issuer, issueToken, stop: () => server.stop() };
}

async function loadKey(server: OAuth2Server, dataDir: string | undefined): Promise<void> {
  const file = dataDir && join(dataDir, 'oidc-key.json');
  const kept = file ? await readFile(file, 'utf8').catch(() => undefined) : undefined;
  if (kept) {
    await server.issuer.keys.add(JSON.parse(kept));
    return;
  }
  await server.issuer.keys.generate('RS256');
  if (!dataDir || !file) return;
  await mkdir(dataDir, { recursive: true });
  await writeFile(file, JSON.stringify(server.issuer.keys.toJSON(true)[0]), { mode: 0o600 });
}
