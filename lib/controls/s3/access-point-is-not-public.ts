import { evaluateOpenPolicy, planClosing } from '../../analysis/policies/open-policy.ts';
import { parsePolicy, type Statement } from '../../analysis/policies/policy-document.ts';
import { isFixed } from '../../analysis/policies/principals.ts';
import {
  defineControl,
  notApplicable,
  pass,
  propose,
  unknown,
  type Verdict,
} from '../../model/control.ts';
import { multiRegionAccessPoint } from '../../resources/s3/multi-region-access-point.ts';
import { s3AccessPoint } from '../../resources/s3/s3-access-point.ts';
import { pointPolicyGrant, pointPolicyOf, throughPoint } from './shared/access-point-policy.ts';
import type { allBlocks } from './shared/public-access-block.ts';
import {
  isFixedToS3,
  isPublicToS3,
  restrictsNothing,
  undocumented,
} from './shared/public-to-s3.ts';

type Blocks = { readonly [B in keyof typeof allBlocks]?: boolean | undefined } | undefined;
interface Blocked {
  readonly place: { readonly bucket: string | undefined } | { readonly buckets: readonly string[] };
  readonly publicAccessBlock: Blocks;
  readonly accountPublicAccessBlock: Blocks;
  readonly bucketPublicAccessBlock: Blocks;
}

// "the access point, the underlying bucket, and the bucket owner's account": where the bucket is another account's, only
// the first of them is known here.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html
// Of one of several regions, "the Multi-Region Access Point owner account" counts too, whosever the buckets are.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/multi-region-access-point-block-public-access.html
const isOn = (point: Blocked, setting: keyof typeof allBlocks): boolean =>
  [
    point.publicAccessBlock,
    point.bucketPublicAccessBlock,
    'bucket' in point.place && point.place.bucket === undefined
      ? undefined
      : point.accountPublicAccessBlock,
  ].some((blocks) => blocks?.[setting] === true);

// "An access point policy that grants access to a set of access points using s3:DataAccessPointArn is considered public":
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
const withoutSets = (statement: Statement): Statement =>
  statement.effect === 'Deny'
    ? statement
    : {
        ...statement,
        conditions: statement.conditions.filter(
          ({ key, values }) => key !== 's3:dataaccesspointarn' || values.every(isFixed),
        ),
      };

/** What is left of a verdict where RestrictPublicBuckets is on. */
const restricted = (policy: string, verdict: Verdict): Verdict => {
  const read = parsePolicy(policy);
  if (verdict.status !== 'FAIL' || 'unreadable' in read) return verdict;
  const statements = read.statements.map(withoutSets);
  if (isPublicToS3(statements, [throughPoint])) return pass;
  return isFixedToS3(statements, [throughPoint])
    ? { ...verdict, reason: `${verdict.reason}: ${restrictsNothing}` }
    : unknown(undocumented);
};

export const accessPointIsNotPublic = defineControl([s3AccessPoint, multiRegionAccessPoint], {
  id: 'PL.S3.1',
  title: 'Policies of S3 access points should not let in anybody',
  severity: 'CRITICAL',
  rationale:
    'A bucket that leaves access to its access points is as open as they are, and its own policy names nobody.',
  standards: {},
  exposes: true,
  needs: [
    ...(['policy', 'place', 'publicAccessBlock'] as const),
    ...(['accountPublicAccessBlock', 'bucketPublicAccessBlock'] as const),
  ],
  evaluate: (point) => {
    if (point.policy === undefined) return pass;
    // "always considered non-public, regardless of the contents of the access point policy":
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    if (point.place.isInVpc) return notApplicable('one VPC alone leads to the access point');
    const verdict = evaluateOpenPolicy(point.policy, throughPoint);
    return isOn(point, 'RestrictPublicBuckets') ? restricted(point.policy, verdict) : verdict;
  },
  remediation: {
    advice:
      'Name the principals that use the access point in its policy, or hold callers by aws:PrincipalOrgID. To close it at once, turn on Block Public Access on its bucket.',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html',
    grants: [pointPolicyGrant],
    plan: (point, { ref, arn }) => {
      const plan = planClosing(point.policy, pointPolicyOf(arn), { ref, arn });
      return isOn(point, 'BlockPublicPolicy') && plan.kind === 'calls'
        ? propose('BlockPublicPolicy would refuse to restore the policy', plan.calls)
        : plan;
    },
  },
});
