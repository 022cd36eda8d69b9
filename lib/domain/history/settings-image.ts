/** The settings as their history compares them (SET-2). */

type Image = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Image =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Each property of an object a property of its own, named with dots; a list stays whole. */
const dotted = (image: Image, prefix = ''): [string, unknown][] =>
  Object.entries(image).flatMap(([name, value]) =>
    isObject(value) ? dotted(value, `${prefix}${name}.`) : [[`${prefix}${name}`, value] as [string, unknown]],
  );

/** `seller.iban`, `numbering.prefix`, …, so that a change tells what changed; the logo by the hash of its content. */
export const settingsImage = ({ logoKey, shards: _shards, ...settings }: Image): Image => ({
  ...Object.fromEntries(dotted(settings)),
  logo: typeof logoKey === 'string' ? logoKey.slice(logoKey.lastIndexOf('/') + 1) : undefined,
});
