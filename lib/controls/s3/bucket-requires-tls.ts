import { s3Bucket } from '../../resources/s3-bucket.ts';
import { defineControl, fail, pass, unknown } from '../control.ts';
import { type Condition, parsePolicy, type Statement } from '../judgement/policy-document.ts';
import { matches, matchesAllBelow } from '../judgement/policy-matching.ts';
import { namesEverybody } from '../judgement/principals.ts';

// An Allow over TLS does not refuse the rest, and a Deny of old TLS versions says nothing of requests without TLS.
const isWithoutTls = ({ operator, key, values }: Condition): boolean =>
  operator === 'bool' &&
  key === 'aws:securetransport' &&
  values.some((value) => value.toLowerCase() === 'false');

/** Refuses everybody every action without TLS, with no further condition that would limit the refusal. */
const refusesPlainHttp = (statement: Statement): boolean =>
  statement.effect === 'Deny' &&
  namesEverybody(statement) &&
  !statement.actions.not &&
  statement.actions.patterns.some((pattern) => matchesAllBelow(pattern.toLowerCase(), 's3:')) &&
  statement.conditions.every(isWithoutTls);

/** Of the bucket and its objects, those that answer somebody's requests without TLS. */
const answeringPlainHttp = (statements: readonly Statement[], bucket: string): string[] => {
  const refused = statements
    .filter((statement) => refusesPlainHttp(statement) && !statement.resources.not)
    .flatMap(({ resources }) => resources.patterns);
  return [
    ...(refused.some((pattern) => matches(pattern, bucket)) ? [] : [bucket]),
    ...(refused.some((pattern) => matchesAllBelow(pattern, `${bucket}/`)) ? [] : [`${bucket}/*`]),
  ];
};

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
    const open = answeringPlainHttp(parsed.statements, `arn:aws:s3:::${ref.id}`);
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
  },
});
