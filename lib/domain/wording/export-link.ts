import { inLanguage } from './in-language.ts';
import { de } from './page.fr.ts';

/** The sentences of the e-mail that brings an export's link, and of the page of its files (EXP-4). */
export type ExportLinkWording = {
  readonly language: string;
  readonly subject: (schedule: string) => string;
  readonly ready: (schedule: string, account: string) => string;
  readonly rows: string;
  readonly files: string;
  readonly changed: string;
  readonly skipped: string;
  readonly fetch: string;
  readonly ends: (day: string) => string;
  readonly keep: string;
  readonly heading: string;
};

const english: ExportLinkWording = {
  language: 'en',
  subject: (schedule) => `Your export is ready: ${schedule}`,
  ready: (schedule, account) => `The scheduled export “${schedule}” of ${account} is ready.`,
  rows: 'Rows',
  files: 'Files',
  changed: 'Exported earlier and changed since',
  skipped: 'Left out',
  fetch: 'Download',
  ends: (day) => `The link is good until ${day}.`,
  keep: 'Whoever has the link can download the invoices: please do not pass it on.',
  heading: 'Files of the export',
};

const french: ExportLinkWording = {
  language: 'fr',
  subject: (schedule) => `Votre export est prêt : ${schedule}`,
  ready: (schedule, account) => `L’export programmé « ${schedule} » ${de(account)} est prêt.`,
  rows: 'Lignes',
  files: 'Fichiers',
  changed: 'Exportées auparavant et modifiées depuis',
  skipped: 'Écartées',
  fetch: 'Télécharger',
  ends: (day) => `Le lien est valable jusqu’au ${day}.`,
  keep: 'Toute personne qui a ce lien peut télécharger les factures : merci de ne pas le transmettre.',
  heading: 'Fichiers de l’export',
};

const arabic: ExportLinkWording = {
  language: 'ar',
  subject: (schedule) => `التصدير جاهز: ${schedule}`,
  ready: (schedule, account) => `التصدير المجدول «${schedule}» الخاص بـ ${account} جاهز.`,
  rows: 'الأسطر',
  files: 'الملفات',
  changed: 'صُدّرت سابقًا وتغيّرت بعد ذلك',
  skipped: 'المستبعدة',
  fetch: 'تنزيل',
  ends: (day) => `الرابط صالح حتى ${day}.`,
  keep: 'كل من لديه هذا الرابط يمكنه تنزيل الفواتير: يُرجى عدم مشاركته.',
  heading: 'ملفات التصدير',
};

const wordings = [english, french, arabic] as const;

/** The sentences in a language, by its primary subtag; English where there are none. */
export const exportLinkWordingOf = (language: string | undefined): ExportLinkWording =>
  inLanguage(wordings, language);
