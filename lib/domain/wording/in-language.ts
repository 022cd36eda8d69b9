/** Words in a language, which its BCP 47 tag names. */
type Wording = { readonly language: string };

/** The words in a language, by its primary subtag; the first ones where there are none. */
export const inLanguage = <W extends Wording>(
  wordings: readonly [W, ...W[]],
  language: string | undefined,
): W => {
  const primary = language?.toLowerCase().split('-')[0];
  return wordings.find((wording) => wording.language === primary) ?? wordings[0];
};
