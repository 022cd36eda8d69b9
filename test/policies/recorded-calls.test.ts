import { describe, expect, it } from 'vitest';
import { reasonForUnused, unusedGrants } from '#infra/unused-grants.ts';
import { devStage, synthesize } from '#test/infra/synthesized.ts';
import { allows, arnOf, type Policy, policiesOf, unusedOf } from './policies.ts';
import { type RecordedCall, readRecorded } from './recorded.ts';

/**
 * What functions were seen to call in this run of all tests (infra/local/recorded-calls.ts), against the policies that
 * are deployed. Neither comes from the contracts alone: the one is what the SDK sent, the other the templates.
 */
const { calls, ran, whole } = readRecorded();
/** Tests send from domains of their own making, all reserved ones; a deployment's settings name its senders' domains. */
const mailIdentities = [...new Set(calls.map(({ resource }) => resource))]
  .filter((resource) => /^identity\/[^@]+\.example$/.test(resource))
  .map((resource) => resource.replace('identity/', ''));
const policies = policiesOf(synthesize({ ...devStage, mailIdentities }), devStage.name);

const callsOf = (name: string) => calls.filter((call) => call.function === name);
const asDeployed = ({ action, resource, key }: RecordedCall, policy: Policy) => ({
  ...{ action, key },
  on: arnOf(resource, policy),
});
const grantsUnused = [...policies].flatMap(([name, policy]) => {
  const seen = callsOf(name).map((call) => asDeployed(call, policy));
  return unusedOf(policy, seen).map((grant) => ({ name, grant }));
});

describe.skipIf(ran.size === 0).each([...ran].sort())('%s', (name) => {
  it('called nothing that its policy does not allow', () => {
    const policy = policies.get(name);
    const refused = callsOf(name).filter((call) => !(policy && allows(policy, asDeployed(call, policy))));
    expect(refused).toEqual([]);
  });
});

// A part of the tests uses a part of the grants.
describe.skipIf(!whole)('in a whole run', () => {
  it('every function ran', () => {
    expect([...policies.keys()].filter((name) => !ran.has(name))).toEqual([]);
  });

  it.each([...policies.keys()].sort())(
    '%s used all that it is granted, or it is written down why not',
    (name) => {
      const unused = grantsUnused.filter((one) => one.name === name).map(({ grant }) => grant);
      expect(unused.filter((grant) => reasonForUnused(name, grant) === undefined)).toEqual([]);
    },
  );

  it('no reason stands for a grant that is used', () => {
    const idle = unusedGrants.filter(
      (reason) =>
        !reason.sometimes && !grantsUnused.some(({ name, grant }) => reasonForUnused(name, grant) === reason),
    );
    expect(idle.map(({ grant }) => String(grant))).toEqual([]);
  });
});

describe('data', () => {
  it('is granted by no wildcard above a table, a bucket or a queue', () => {
    const wide = [...policies].flatMap(([name, { statements }]) =>
      statements
        .flatMap(({ resources }) => resources)
        .filter((resource) => /^[^/]*[*?]/.test(resource))
        .map((resource) => `${name}: ${resource}`),
    );
    expect(wide).toEqual([]);
  });
});
