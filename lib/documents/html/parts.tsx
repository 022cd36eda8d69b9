import type { ReactNode } from 'react';

/** A text that somebody wrote, in whatever script: its direction is its own and does not touch what is beside it. */
export const Written = ({ children }: { children: string }) => <bdi>{children}</bdi>;

/** A label and its value, if there is one. */
export type Fact = readonly [label: string, value: string | undefined];

const isThere = (fact: Fact): fact is readonly [string, string] => fact[1] !== undefined && fact[1] !== '';

/** Facts one beside the other, the label over the value. */
export const Facts = ({ facts, className }: { facts: readonly Fact[]; className: string }) => {
  const shown = facts.filter(isThere);
  if (shown.length === 0) return null;
  return (
    <dl className={className}>
      {shown.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <Written>{value}</Written>
          </dd>
        </div>
      ))}
    </dl>
  );
};

/** A heading that stays with what follows it. */
export const Section = ({
  heading,
  className,
  children,
}: {
  heading: string;
  className?: string;
  children: ReactNode;
}) => (
  <section className={className}>
    <h2>{heading}</h2>
    {children}
  </section>
);

/** A text of several lines, its line breaks kept. */
export const LongText = ({ children }: { children: string }) => (
  <>
    {children
      .trim()
      .split(/\n{2,}/)
      .map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs of one fixed text have no other name.
        <p key={index} className="written">
          <Written>{paragraph}</Written>
        </p>
      ))}
  </>
);
