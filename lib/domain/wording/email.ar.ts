import type { EmailWording } from './email.ts';

export const emailWordingAr: EmailWording = {
  language: 'ar',
  subject: (number, seller) => `فاتورة ${number} من ${seller}`,
  editedSubject: (number, seller) => `تعديل الفاتورة ${number} من ${seller}`,
  greeting: (name) => `مرحبًا ${name}،`,
  owed: (number, amount, day) =>
    `إليكم الفاتورة ${number}. المبلغ المستحق ${amount}، وتاريخ الاستحقاق ${day}.`,
  partlyPaid: (number, paid, balance, day) =>
    `إليكم الفاتورة ${number}. دُفع منها ${paid}، والرصيد المستحق ${balance}، وتاريخ الاستحقاق ${day}.`,
  paid: (number, amount) => `إليكم الفاتورة ${number} بمبلغ ${amount}. لم يتبقَّ أي مبلغ للدفع.`,
  edited: (number) => `عُدّلت الفاتورة ${number}. تحل هذه النسخة محل النسخة السابقة.`,
  view: 'عرض الفاتورة',
  viewAt: 'عرض الفاتورة في المتصفح:',
  attached: 'ملف PDF مرفق بهذه الرسالة.',
  notAttached: 'حجم ملف PDF أكبر من أن يُرفق؛ يمكنكم تنزيله من صفحة الفاتورة.',
  replies: (seller) => `لأي استفسار، يُرجى الرد على هذه الرسالة، وسيصل ردكم إلى ${seller}.`,
  regards: 'مع أطيب التحيات،',
};
