/** The file name of an invoice's PDF: its number, with what can't stand in a file name made a hyphen (`A/12` → `A-12.pdf`). */
export const pdfNameOf = (number: string): string => `${number.replace(/[^A-Za-z0-9+_-]+/g, '-')}.pdf`;
