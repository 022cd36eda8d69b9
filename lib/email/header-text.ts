/** A text as it may stand in a header: without line breaks or control characters, which could begin another (SEND-14). */
export const onOneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\s]+/g, ' ')
    .trim();
