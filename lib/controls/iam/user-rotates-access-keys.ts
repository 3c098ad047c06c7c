import { defineControl } from '../../model/control.ts';
import { integer } from '../../model/parameters.ts';
import { iamUser } from '../../resources/iam/iam-user.ts';
import { plural } from '../../support/plural.ts';
import { deactivateKeys, keyGrants } from './shared/access-keys.ts';
import { daysAfter, evaluateExpiry, maskedKeyId } from './shared/credentials.ts';

export const userRotatesAccessKeys = defineControl(iamUser, {
  id: 'IAM.3',
  title: "IAM users' access keys should be rotated every 90 days or less",
  severity: 'MEDIUM',
  rationale: 'A key that was copied or leaked without anybody noticing works until it is replaced.',
  standards: {
    'fsbp-1.0.0': ['IAM.3'],
    'cis-aws-1.4.0': ['1.14'],
    'cis-aws-3.0.0': ['1.14'],
    'cis-aws-5.0.0': ['1.13'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-2(3)', 'AC-3(15)'],
    'pci-dss-4.0.1': ['8.3.9', '8.6.3'],
  },
  needs: ['accessKeys'],
  parameters: { maxAgeDays: integer({ default: 90, min: 1, max: 365 }) },
  evaluate({ accessKeys }, { parameters: { maxAgeDays }, at }) {
    const active = accessKeys.filter(({ isActive }) => isActive);
    const credentials = active.map(({ id, createdAt }) => ({
      name: `access key ${maskedKeyId(id)}`,
      expiresAt: daysAfter(createdAt, maxAgeDays),
      evidence: {
        path: `accessKeys.${maskedKeyId(id)}.createdAt`,
        actual: createdAt.toISOString(),
        expected: `less than ${plural(maxAgeDays, 'day')} ago`,
      },
    }));
    return evaluateExpiry(
      credentials,
      at,
      (names) => `${names} is ${plural(maxAgeDays, 'day')} old or older`,
    );
  },
  remediation: {
    advice:
      'Create a second access key, move what uses the old one to it, deactivate the old one, and delete it once nothing fails. Better still, use a role and temporary credentials.',
    needs: ['accessKeyUse', 'loginProfile', 'privileges'],
    grants: keyGrants,
    plan(state, { parameters: { maxAgeDays }, ...place }) {
      const old = state.accessKeyUse.filter(
        ({ isActive, createdAt }) => isActive && daysAfter(createdAt, maxAgeDays) <= place.at,
      );
      return deactivateKeys(old, state, place);
    },
  },
});
