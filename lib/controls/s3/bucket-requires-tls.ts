import { parsePolicy } from '../../analysis/policies/policy-document.ts';
import { defineControl, fail, pass, unknown } from '../../model/control.ts';
import { s3Bucket } from '../../resources/s3/s3-bucket.ts';
import { s3 } from '../../services/s3.ts';
import { answeringPlainHttp } from './shared/plain-http.ts';
import {
  plainHttpNeeds,
  planRefusalOfPlainHttp,
  withoutOurRefusal,
} from './shared/plain-http-plan.ts';

export const bucketRequiresTls = defineControl(s3Bucket, {
  id: 'S3.5',
  title: 'S3 general purpose buckets should require requests to use SSL',
  severity: 'MEDIUM',
  rationale: 'Over plain HTTP anybody on the way can read and change objects and signed requests.',
  standards: {
    'fsbp-1.0.0': ['S3.5'],
    'cis-aws-1.4.0': ['2.1.2'],
    'cis-aws-3.0.0': ['2.1.1'],
    'cis-aws-5.0.0': ['2.1.1'],
    'nist-800-53-r5': [
      ...['AC-17(2)', 'AC-4', 'IA-5(1)', 'SC-12(3)', 'SC-13', 'SC-23'],
      ...['SC-23(3)', 'SC-7(4)', 'SC-8', 'SC-8(1)', 'SC-8(2)', 'SI-7(6)'],
    ],
    'pci-dss-4.0.1': ['4.2.1'],
  },
  needs: ['policy'],
  evaluate({ policy }, { ref }) {
    if (policy === undefined)
      return fail('the bucket has no policy, so it answers requests without TLS', [
        { path: 'policy', actual: null, expected: 'a Deny while aws:SecureTransport is false' },
      ]);
    const parsed = parsePolicy(policy);
    if ('unreadable' in parsed)
      return unknown(`the bucket policy cannot be made out: ${parsed.unreadable}`);
    const open = answeringPlainHttp(parsed.statements, s3.arn('bucket', ref, ref.id));
    if (open.length === 0) return pass;
    return fail(
      `no statement refuses everybody s3:* without TLS on ${open.join(' and ')}`,
      open.map((resource) => ({
        path: 'policy.Statement',
        actual: null,
        expected: `a Deny of s3:* on ${resource} for everybody while aws:SecureTransport is false`,
      })),
    );
  },
  remediation: {
    advice:
      'Add a statement to the bucket policy that denies "*" the action s3:* on the bucket and its objects while aws:SecureTransport is false.',
    needs: plainHttpNeeds,
    grants: [
      { actions: ['s3:PutBucketPolicy'], on: ({ arn }) => [arn] },
      {
        actions: ['s3:DeleteBucketPolicy'],
        on: ({ arn }, { policy }) => (policy === undefined ? [arn] : []),
      },
    ],
    plan: (state, { ref, arn }) => planRefusalOfPlainHttp(state, ref.id, arn),
    takeOut: (state, { ref, before }) => withoutOurRefusal(state, before['policy'], ref.id),
  },
});
