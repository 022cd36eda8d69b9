import { Body, Button, Container, Head, Html, Preview, Section, Text } from '@react-email/components';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { accentOf } from '#lib/domain/brand-color.ts';
import { directionOf } from '#lib/domain/wording/format.ts';
import { type PageWording, pageWordingOf } from '#lib/domain/wording/page.ts';
import { darkCss, darkGround, lightGround, style } from './email-style.ts';
import { onOneLine } from './header-text.ts';
import type { EmailContent } from './message.ts';

/** A letter that is no invoice: a code, a receipt, a link to fetch something. Its two parts say the same. */
export type Letter = {
  readonly language: string;
  readonly subject: string;
  /** Whose letter it is, at its head. */
  readonly sender: string;
  readonly brandColor?: string | undefined;
  readonly parts: readonly LetterPart[];
  /** Small, below. */
  readonly foot?: readonly string[] | undefined;
};
export type LetterPart =
  | { readonly kind: 'text'; readonly text: string }
  /** Alone on its line, to be copied. */
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly [name: string, value: string])[] }
  | { readonly kind: 'link'; readonly words: string; readonly url: string };

const Rows = ({ rows, end }: { rows: readonly (readonly [string, string])[]; end: 'left' | 'right' }) => (
  <table width="100%" role="presentation" cellPadding={0} cellSpacing={0} border={0}>
    <tbody>
      {rows.map(([name, value]) => (
        <tr key={name}>
          <td className="rule" style={style.row}>
            <div className="soft" style={{ ...style.cell, textAlign: end === 'right' ? 'left' : 'right' }}>
              {name}
            </div>
          </td>
          <td className="rule" style={style.row} align={end}>
            <div className="ink" dir="auto" style={{ ...style.amount, whiteSpace: 'normal' }}>
              {value}
            </div>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

const Part = ({ part, letter }: { part: LetterPart; letter: Letter }): ReactNode => {
  if (part.kind === 'text')
    return (
      <Text className="ink" dir="auto" style={style.text}>
        {part.text}
      </Text>
    );
  if (part.kind === 'code')
    return (
      <Text className="ink" dir="ltr" style={{ ...style.sum, letterSpacing: 4, margin: '0 0 16px' }}>
        {part.code}
      </Text>
    );
  if (part.kind === 'rows')
    return <Rows rows={part.rows} end={directionOf(letter.language) === 'rtl' ? 'left' : 'right'} />;
  const accent = accentOf(letter.brandColor, lightGround);
  const colors = { backgroundColor: accent.fill, color: accent.onFill, border: `1px solid ${accent.text}` };
  return (
    <Button className="button" href={part.url} style={{ ...style.button, ...colors, marginBottom: 18 }}>
      {part.words}
    </Button>
  );
};

const Card = (letter: Letter) => (
  <Container className="card" style={style.card}>
    <Section className="inside" style={style.inside}>
      <Text className="ink" style={style.seller}>
        {letter.sender}
      </Text>
      {letter.parts.map((part) => (
        <Part key={JSON.stringify(part)} part={part} letter={letter} />
      ))}
    </Section>
  </Container>
);

const Page = (letter: Letter) => {
  const { language, subject, brandColor, parts, foot = [] } = letter;
  const [first] = parts;
  return (
    <Html lang={language} dir={directionOf(language)}>
      <Head>
        <title>{subject}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{darkCss(accentOf(brandColor, darkGround))}</style>
      </Head>
      <Body className="page" dir={directionOf(language)} style={style.body}>
        <Preview>{first?.kind === 'text' ? first.text : subject}</Preview>
        <Card {...letter} />
        <Container>
          <Section className="foot" style={style.footer}>
            {foot.map((text) => (
              <Text className="soft" style={style.foot} key={text} dir="auto">
                {text}
              </Text>
            ))}
          </Section>
        </Container>
      </Body>
    </Html>
  );
};

const textOf = (part: LetterPart, pair: PageWording['pair']): string => {
  if (part.kind === 'text') return part.text;
  if (part.kind === 'code') return part.code;
  if (part.kind === 'rows') return part.rows.map(([name, value]) => pair(name, value)).join('\n');
  return `${pair(part.words, '').trimEnd()}\n${part.url}`;
};

/** The letter as an e-mail. Pure: the same letter gives the same bytes. */
export const composeLetter = (letter: Letter): EmailContent => {
  const { pair } = pageWordingOf(letter.language);
  const parts = letter.parts.map((part) => textOf(part, pair));
  return {
    subject: onOneLine(letter.subject),
    html: `<!DOCTYPE html>${renderToStaticMarkup(<Page {...letter} />)}`,
    text: `${[...parts, ...(letter.foot ?? [])]
      .filter((part) => part !== '')
      .join('\n\n')
      .replace(/\r\n?/g, '\n')}\n`,
  };
};
