import { defineControl, fail, passUntil, unknown } from '../../model/control.ts';
import { integer } from '../../model/parameters.ts';
import { secret } from '../../resources/secretsmanager/secret.ts';
import { plural } from '../../support/plural.ts';
import { day, unevaluated } from './shared/scope.ts';

export const secretWasRotated = defineControl(secret, {
  id: 'SecretsManager.4',
  title: 'Secrets Manager secrets should be rotated within a specified number of days',
  severity: 'MEDIUM',
  rationale: 'The longer a secret stays as it is, the more people and programs have seen it.',
  standards: {
    'fsbp-1.0.0': ['SecretsManager.4'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-3(15)'],
  },
  needs: ['life', 'primaryRegion', 'rotation'],
  parameters: { maxDaysSinceRotation: integer({ default: 90, min: 1, max: 180 }) },
  evaluate(
    { life, primaryRegion, rotation },
    { regions, at, parameters: { maxDaysSinceRotation } },
  ) {
    const not = unevaluated({ life, primaryRegion }, { regions });
    if (not) return not;
    // A new secret has as long as one that was just rotated.
    const since = rotation.last ?? life.created;
    if (since === undefined) return unknown('Secrets Manager does not say since when it is there');
    const until = new Date(Date.parse(since) + maxDaysSinceRotation * day);
    if (until > at) return passUntil(until);
    return fail(`the secret was not rotated for ${plural(maxDaysSinceRotation, 'day')}`, [
      { path: 'rotation.last', actual: rotation.last ?? null, expected: 'later' },
    ]);
  },
  remediation: {
    advice:
      'Rotate the secret, and have it rotated by itself (SecretsManager.1). Change a secret that has no rotation function by hand, together with what it opens.',
  },
});
