import type * as z from 'zod';

/** A part of the environment, parsed. @throws Error that names what is missing or wrong */
export const fromEnvironment = <S extends z.ZodType>(schema: S): z.output<S> => {
  const parsed = schema.safeParse(process.env);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`The environment lacks what this function needs: ${faults.join('; ')}`);
};

/** Made once, at first use: a function pays only for the clients that it touches. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
