import { readerIsDeniedNothing } from '../../../lib/controls/plumbline/reader-is-denied-nothing.ts';
import { deniedControl } from '../../../lib/engine/posture/denied.ts';
import { testControl } from '../harness.ts';

const one = {
  what: 's3:GetBucketPolicy',
  by: 'service control policy',
  verdicts: 4000,
  resources: 2000,
  such: 'AWS::S3::Bucket a',
};

it('is the control that the engine has say it', () => {
  expect(readerIsDeniedNothing.id).toBe(deniedControl);
});

testControl(readerIsDeniedNothing, {
  base: { denials: [] },
  rows: {
    'nothing is denied': { given: {}, verdict: 'PASS' },
    'nothing is deployed': {
      given: { denials: undefined },
      verdict: 'NOT_APPLICABLE',
      reason: /not deployed/,
    },
    'one action, on thousands of resources': {
      given: { denials: [one] },
      verdict: 'FAIL',
      reason:
        /^its role may not read s3:GetBucketPolicy \(service control policy\); that holds up 4000 verdicts$/,
      evidence: ['denials[s3:GetBucketPolicy]'],
    },
    'one verdict, and AWS says neither action nor policy': {
      given: { denials: [{ ...one, what: 'AWS::S3::Bucket policy', by: '', verdicts: 1 }] },
      verdict: 'FAIL',
      reason: /^its role may not read AWS::S3::Bucket policy; that holds up 1 verdict$/,
      evidence: ['denials[AWS::S3::Bucket policy]'],
    },
    'many actions': {
      given: {
        denials: ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => ({ ...one, what: `x:${name}` })),
      },
      verdict: 'FAIL',
      reason: /x:e \(service control policy\) and 2 more; that holds up 28000 verdicts/,
    },
  },
});
