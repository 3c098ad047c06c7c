import { defineControl, fail, passUntil, unknown } from '../../model/control.ts';
import { integer } from '../../model/parameters.ts';
import { secret } from '../../resources/secretsmanager/secret.ts';
import { plural } from '../../support/plural.ts';
import { day, unevaluated } from './shared/scope.ts';

export const secretIsUsed = defineControl(secret, {
  id: 'SecretsManager.3',
  title: 'Remove unused Secrets Manager secrets',
  severity: 'MEDIUM',
  rationale: 'A secret that nobody uses any more still opens what it was made for.',
  standards: {
    'fsbp-1.0.0': ['SecretsManager.3'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-3(15)'],
  },
  needs: ['life', 'primaryRegion'],
  parameters: { unusedForDays: integer({ default: 90, min: 1, max: 365 }) },
  evaluate({ life, primaryRegion }, { regions, at, parameters: { unusedForDays } }) {
    const not = unevaluated({ life, primaryRegion }, { regions });
    if (not) return not;
    const { created, lastAccessed } = life;
    const since = lastAccessed ?? created;
    if (since === undefined) return unknown('Secrets Manager does not say since when it is there');
    const until = new Date(Date.parse(since) + unusedForDays * day);
    if (until > at) return passUntil(until);
    return fail(`nobody has read the secret for ${plural(unusedForDays, 'day')}`, [
      { path: 'life.lastAccessed', actual: lastAccessed ?? null, expected: 'later' },
    ]);
  },
  remediation: {
    advice:
      'Delete the secret, with as long a recovery window as you need: until then it can be restored.',
  },
});
