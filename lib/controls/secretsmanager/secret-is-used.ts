import { defineControl, fail, passUntil, unknown } from '../../model/control.ts';
import { integer } from '../../model/parameters.ts';
import { secret } from '../../resources/secretsmanager/secret.ts';
import { plural } from '../../support/plural.ts';
import { awaitsDeletion, day } from './shared/scope.ts';

export const secretIsUsed = defineControl(secret, {
  id: 'SecretsManager.3',
  title: 'Remove unused Secrets Manager secrets',
  severity: 'MEDIUM',
  rationale: 'A secret that nobody uses any more still opens what it was made for.',
  standards: {
    'fsbp-1.0.0': ['SecretsManager.3'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-3(15)'],
  },
  needs: ['life'],
  parameters: { unusedForDays: integer({ default: 90, min: 1, max: 365 }) },
  // A replica is evaluated as well: when it was last read is told of each region apart.
  evaluate({ life }, { at, parameters: { unusedForDays } }) {
    const not = awaitsDeletion(life);
    if (not) return not;
    const { created, lastAccessed } = life;
    const since = lastAccessed ?? created;
    if (since === undefined) return unknown('Secrets Manager does not say since when it is there');
    const until = new Date(Date.parse(since) + unusedForDays * day);
    if (until > at) return passUntil(until);
    return fail(`nobody has read the secret in its region for ${plural(unusedForDays, 'day')}`, [
      { path: 'life.lastAccessed', actual: lastAccessed ?? null, expected: 'later' },
    ]);
  },
  remediation: {
    advice:
      'Delete the secret, with as long a recovery window as you need: until then it can be restored. Of a secret that is replicated, look first whether it is read in another region: each copy has a date of its own. End the replication to the regions that do not read it; where only a replica is read, make it stand for itself (StopReplicationToReplica) before you delete the primary.',
  },
});
