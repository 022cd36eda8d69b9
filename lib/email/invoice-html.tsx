import { Body, Button, Container, Head, Html, Img, Preview, Section, Text } from '@react-email/components';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { accentOf } from '#lib/domain/brand-color.ts';
import { addressLines, identityLines } from '#lib/domain/wording/party-lines.ts';
import { darkCss, darkGround, lightGround, style } from './email-style.ts';
import { Items, TotalsTable } from './invoice-rows.tsx';
import type { Message } from './message.ts';

const Masthead = ({ input, seller }: Message) =>
  input.logo === undefined ? (
    <Text className="ink" style={style.seller}>
      {seller}
    </Text>
  ) : (
    <Img className="logo" src={input.logo} alt={seller} height={40} style={style.logo} />
  );

const Paragraphs = ({ texts }: { texts: readonly string[] }) =>
  texts.map((text) => (
    <Text className="ink" dir="auto" style={style.text} key={text}>
      {text}
    </Text>
  ));

const ViewButton = ({ input, wording }: Message) => {
  const accent = accentOf(input.invoice.seller?.brandColor, lightGround);
  return (
    <Button
      className="button"
      href={input.linkUrl}
      style={{
        ...style.button,
        backgroundColor: accent.fill,
        color: accent.onFill,
        border: `1px solid ${accent.text}`,
      }}
    >
      {wording.view}
    </Button>
  );
};

const Panel = (message: Message) => {
  const { input, reading, owed } = message;
  const { words, money, day } = reading;
  const { invoice } = input;
  return (
    <Section className="rule" style={style.panel}>
      <Text className="soft" style={style.label}>
        {owed ? words.amountDue : words.total}
      </Text>
      <Text className="ink" style={style.sum}>
        {money(owed ? invoice.balanceDue : invoice.total)}
      </Text>
      <Text className="ink" style={style.due}>
        {owed && invoice.dueDate !== undefined
          ? words.pair(words.dueDate, day(invoice.dueDate))
          : words.nothingToPay}
      </Text>
      <ViewButton {...message} />
    </Section>
  );
};

const Foot = ({ input: { invoice }, reading, wording, seller }: Message) => {
  const { seller: party } = invoice;
  const lines = [
    party?.legalName,
    ...addressLines(party?.address, reading.country),
    ...identityLines(party ?? {}, reading.words),
  ].filter((line) => line !== undefined && line !== seller);
  return (
    <Section className="foot" style={style.footer}>
      <Text className="soft" style={style.foot}>
        {wording.replies(seller)}
      </Text>
      <Text className="soft" style={style.foot} dir="auto">
        {[seller, ...new Set(lines)].join(' · ')}
      </Text>
    </Section>
  );
};

const Shell = ({ message, children }: { message: Message; children: ReactNode }) => {
  const { reading, intro, input, subject } = message;
  const direction = reading.wordsDirection;
  return (
    <Html lang={reading.words.language} dir={direction}>
      <Head>
        <title>{subject}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{darkCss(accentOf(input.invoice.seller?.brandColor, darkGround))}</style>
      </Head>
      <Body className="page" dir={direction} style={style.body}>
        <Preview>{intro[0] ?? ''}</Preview>
        {children}
      </Body>
    </Html>
  );
};

const Card = (message: Message) => {
  const { input, wording, greeting, intro } = message;
  const { comments } = input.invoice;
  return (
    <Container className="card" style={style.card}>
      <table width="100%" role="presentation" cellPadding={0} cellSpacing={0} border={0}>
        <tbody>
          <tr>
            <td className="inside" style={style.inside}>
              <Masthead {...message} />
              {greeting !== undefined && <Paragraphs texts={[greeting]} />}
              <Paragraphs texts={intro} />
              <Panel {...message} />
              {comments !== undefined && <Paragraphs texts={[comments]} />}
              <Items {...message} />
              <TotalsTable {...message} />
              <Text className="soft" style={{ ...style.small, marginTop: 24 }}>
                {input.pdfAttached === false ? wording.notAttached : wording.attached}
              </Text>
            </td>
          </tr>
        </tbody>
      </table>
    </Container>
  );
};

/** The HTML part: tables and styles in line, as mail programs need them, dark where the reader's is. */
export const invoiceHtml = (message: Message): string => {
  const html = renderToStaticMarkup(
    <Shell message={message}>
      <Card {...message} />
      <Container>
        <Foot {...message} />
      </Container>
    </Shell>,
  );
  return `<!DOCTYPE html>${html}`;
};
