import { defineControl, fail, pass, unknown } from '../../model/control.ts';
import { optionalInteger } from '../../model/parameters.ts';
import { secret } from '../../resources/secretsmanager/secret.ts';
import { plural } from '../../support/plural.ts';
import { unevaluated } from './shared/scope.ts';

interface Rotation {
  readonly everyDays: number | undefined;
  readonly schedule: string | undefined;
}
/** Days between two rotations; `undefined` of a cron expression. */
const daysBetween = ({ everyDays, schedule }: Rotation): number | undefined => {
  const [, number, unit = ''] = /^rate\((\d+) (day|hour)s?\)$/.exec(schedule ?? '') ?? [];
  return number === undefined ? everyDays : Number(number) / (unit === 'hour' ? 24 : 1);
};

export const secretRotates = defineControl(secret, {
  id: 'SecretsManager.1',
  title: 'Secrets Manager secrets should have automatic rotation enabled',
  severity: 'MEDIUM',
  rationale: 'A secret that never changes is of use to whoever got hold of it, for ever.',
  standards: {
    'fsbp-1.0.0': ['SecretsManager.1'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-3(15)'],
    'pci-dss-4.0.1': ['8.2.2', '8.3.10.1', '8.3.5', '8.3.7', '8.3.9', '8.6.3'],
  },
  needs: ['life', 'primaryRegion', 'rotation'],
  parameters: { maximumAllowedRotationFrequency: optionalInteger({ min: 1, max: 365 }) },
  evaluate(
    { life, primaryRegion, rotation },
    { regions, parameters: { maximumAllowedRotationFrequency: most } },
  ) {
    const not = unevaluated({ life, primaryRegion }, { regions });
    if (not) return not;
    if (!rotation.isOn)
      return fail('the secret is not rotated by itself', [
        { path: 'rotation.isOn', actual: false, expected: true },
      ]);
    if (most === null) return pass;
    const days = daysBetween(rotation);
    if (days === undefined)
      return unknown(`how often ${rotation.schedule ?? 'the service'} rotates cannot be told`);
    return days <= most
      ? pass
      : fail(`the secret is rotated less often than every ${plural(most, 'day')}`, [
          { path: 'rotation.everyDays', actual: days, expected: `at most ${most}` },
        ]);
  },
  remediation: {
    advice:
      'Give the secret a rotation function, or, of a database, let Amazon RDS manage it. Whoever uses the secret must read it anew when it is refused.',
  },
});
