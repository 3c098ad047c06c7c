import { defineControl, fail, pass } from '../../model/control.ts';
import { optionalInteger, optionalOneOf } from '../../model/parameters.ts';
import { s3Bucket } from '../../resources/s3/s3-bucket.ts';
import {
  activeRules,
  missingTargets,
  proposeRule,
  storageClasses,
} from './shared/bucket-lifecycle.ts';

export const bucketHasLifecycle = defineControl(s3Bucket, {
  id: 'S3.13',
  title: 'S3 general purpose buckets should have Lifecycle configurations',
  severity: 'LOW',
  rationale: 'Data that nobody needs any more costs money and can still leak.',
  standards: {
    'fsbp-1.0.0': ['S3.13'],
    'nist-800-53-r5': ['CP-10', 'CP-6(2)', 'CP-9', 'SC-5(2)', 'SI-13(5)'],
  },
  needs: ['lifecycle'],
  parameters: {
    targetTransitionDays: optionalInteger({ min: 1, max: 36500 }),
    targetExpirationDays: optionalInteger({ min: 1, max: 36500 }),
    targetTransitionStorageClass: optionalOneOf({ values: storageClasses }),
  },
  evaluate({ lifecycle }, { parameters }) {
    const rules = activeRules(lifecycle);
    if (rules.length === 0)
      return fail('no lifecycle rule is enabled', [
        {
          path: 'lifecycle',
          actual: lifecycle?.map(({ Status }) => Status) ?? null,
          expected: 'at least one enabled rule',
        },
      ]);
    const missing = missingTargets(rules, parameters);
    if (missing.length === 0) return pass;
    return fail(
      `no enabled lifecycle rule has the ${missing.map(({ what }) => what).join(' and the ')} asked for`,
      missing.map(({ path, actual, expected }) => ({ path, actual, expected })),
    );
  },
  remediation: {
    advice: 'Add a lifecycle rule that moves objects to a cheaper class or deletes them in time.',
    grants: [],
    plan: proposeRule,
  },
});
