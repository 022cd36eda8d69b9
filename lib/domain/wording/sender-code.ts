import { inLanguage } from './in-language.ts';

/** The sentences of the e-mail that carries a sender address's code (SEND-15). */
export type SenderCodeWording = {
  readonly language: string;
  readonly subject: (account: string) => string;
  readonly asked: (account: string, address: string) => string;
  readonly expires: (minutes: number) => string;
  readonly ignore: string;
};

const english: SenderCodeWording = {
  language: 'en',
  subject: (account) => `Confirm that ${account} may send from this address`,
  asked: (account, address) =>
    `${account} would like to send its invoices from ${address}. If that is what you want, enter this code:`,
  expires: (minutes) => `The code is good for ${minutes} minutes.`,
  ignore: 'If you know nothing of this, do nothing: without the code nobody can send from your address.',
};

const french: SenderCodeWording = {
  language: 'fr',
  subject: (account) => `Confirmez que ${account} peut envoyer depuis cette adresse`,
  asked: (account, address) =>
    `${account} souhaite envoyer ses factures depuis ${address}. Si vous êtes d’accord, saisissez ce code :`,
  expires: (minutes) => `Le code est valable ${minutes} minutes.`,
  ignore:
    'Si cette demande ne vous dit rien, ne faites rien : sans le code, personne ne peut envoyer depuis votre adresse.',
};

const arabic: SenderCodeWording = {
  language: 'ar',
  subject: (account) => `تأكيد السماح لـ ${account} بالإرسال من هذا العنوان`,
  asked: (account, address) =>
    `ترغب ${account} في إرسال فواتيرها من العنوان ${address}. إذا كنتم موافقين، فأدخلوا هذا الرمز:`,
  expires: (minutes) => `الرمز صالح لمدة ${minutes} دقيقة.`,
  ignore: 'إن لم يكن لكم علم بهذا الطلب فلا تفعلوا شيئًا: لا يمكن لأحد الإرسال من عنوانكم دون الرمز.',
};

const wordings = [english, french, arabic] as const;

/** The sentences in a language, by its primary subtag; English where there are none. */
export const senderCodeWordingOf = (language: string | undefined): SenderCodeWording =>
  inLanguage(wordings, language);
