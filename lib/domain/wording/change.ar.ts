import type { ChangeWording } from './change.ts';

export const changeWordingAr: ChangeWording = {
  language: 'ar',
  heading: 'ما الذي تغيّر:',
  fromTo: (from, to) => `${from} ← ${to}`,
  added: (value) => `${value} (إضافة)`,
  removed: (value) => `${value} (حذف)`,
  text: {
    added: 'إضافة، يُرجى الاطلاع على الفاتورة',
    changed: 'تعديل، يُرجى الاطلاع على الفاتورة',
    removed: 'حذف',
  },
  names: {
    title: 'الموضوع',
    paymentTerm: 'مهلة الدفع',
    ourDetails: 'بياناتنا',
    yourDetails: 'بياناتكم',
  },
  line: { added: 'بند مضاف', removed: 'بند محذوف', changed: 'بند معدّل' },
  lines: { added: 'بنود مضافة', removed: 'بنود محذوفة', changed: 'بنود معدّلة' },
  andMore: (names, count) => `${names.join('، ')}، وغيرها (${count})`,
  nothingSeen: 'البنود والمبالغ والتواريخ كما كانت.',
  newTotal: (from, to) => `أصبح الإجمالي ${to} بدلًا من ${from}.`,
  sameTotal: (total) => `يبقى الإجمالي ${total}.`,
  due: (day) => `تاريخ الاستحقاق ${day}.`,
  closing: 'يُرجى اعتماد هذه النسخة من الآن فصاعدًا. شكرًا لكم.',
};
