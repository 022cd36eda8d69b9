import type { Synthesized, TemplateResource } from '#infra/operations/templates.ts';

export { devStage, type Synthesized, synthesize } from '#infra/operations/templates.ts';
export type Resource = TemplateResource;

/** All resources of a type in all stacks. */
export const ofType = (stacks: readonly Synthesized[], type: string): Resource[] =>
  stacks.flatMap(({ resources }) => Object.values(resources).filter(({ Type }) => Type === type));
