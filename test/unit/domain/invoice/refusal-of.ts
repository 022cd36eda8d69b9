import { Refusal, type RefusalCode } from '#lib/domain/refusal.ts';

/** The code of the refusal that it throws; undefined where it throws none. @throws whatever else it throws */
export const refusalOf = (attempt: () => unknown): RefusalCode | undefined => {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};
