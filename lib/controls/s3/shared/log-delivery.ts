import type { Condition, Statement } from '../../../analysis/policies/policy-document.ts';
import { parsePolicy } from '../../../analysis/policies/policy-document.ts';
import { coversAction, matchesAllBelow } from '../../../analysis/policies/policy-matching.ts';
import { withOwner } from '../../../analysis/policies/policy-variables.ts';
import { namesEverybody } from '../../../analysis/policies/principals.ts';
import type { Evidence } from '../../../model/control.ts';
import type { Ref } from '../../../model/resource-type.ts';
import type { LogTarget } from '../../../resources/s3/s3-log-target.ts';
import { s3 } from '../../../services/s3.ts';
import { matches } from '../../../support/wildcards.ts';

const service = 'logging.s3.amazonaws.com';
const deliveryGroup = 'http://acs.amazonaws.com/groups/s3/LogDelivery';

/** Why logs are not delivered, and what shows it. */
export interface Fault extends Evidence {
  readonly why: string;
}
/** Logs of the bucket that is evaluated, to keys that begin with this. */
export interface Delivery {
  readonly ref: Ref;
  readonly prefix: string;
}

/** What the delivery of logs brings along; of a caller's account, organization or network it brings nothing. */
const broughtFor = (ref: Ref): Readonly<Record<string, string>> => ({
  'aws:sourcearn': s3.arn('bucket', ref, ref.id),
  'aws:sourceaccount': ref.account,
  'aws:principalservicename': service,
  'aws:principalisawsservice': 'true',
  'aws:securetransport': 'true',
});
const callerKeys =
  /^aws:(?:principal(?:account|arn|org|tag)|source(?:ip|vpc)|userid|username|vpce)/;
const compared = /^(?:string|arn)(?:not)?(?:equals(?:ignorecase)?|like)$|^bool$/;

/** Whether a condition holds for the delivery of logs; `undefined` where that cannot be said. */
const holds = (condition: Condition, ref: Ref): boolean | undefined => {
  const { operator, key, values, ifExists, set } = condition;
  const brought = broughtFor(ref)[key];
  const isNegated = operator.includes('not');
  if (brought === undefined) {
    if (!callerKeys.test(key) || operator === 'null') return undefined;
    // A negated operator meets those who bring no such key, and so do IfExists and ForAllValues.
    return isNegated || ifExists || set === 'all';
  }
  const known = values.map((value) =>
    withOwner(key, value, { account: ref.account, organization: undefined }),
  );
  if (!compared.test(operator) || known.some((value) => value.includes('${'))) return undefined;
  return known.some((value) => matches(value.toLowerCase(), brought.toLowerCase())) !== isNegated;
};

const isAboutLogs = (statement: Statement, bucket: string, { ref, prefix }: Delivery): boolean =>
  coversAction(statement, 's3:PutObject') &&
  !statement.resources.not &&
  statement.resources.patterns.some((pattern) =>
    matchesAllBelow(pattern, `${s3.arn('bucket', ref, bucket)}/${prefix}`),
  );
const isAboutService = (statement: Statement): boolean =>
  namesEverybody(statement) ||
  (statement.principals?.not === false &&
    statement.principals.list.some(({ kind, id }) => kind === 'Service' && id === service));

/** The statement that lets logs in, as AWS advises it ("Permissions for server access log delivery", S3 user guide). */
export const deliveryStatement = (bucket: string, { ref, prefix }: Delivery) => ({
  Sid: 'PlumblineAccessLogs',
  Effect: 'Allow',
  Principal: { Service: service },
  Action: 's3:PutObject',
  Resource: `${s3.arn('bucket', ref, bucket)}/${prefix}*`,
  Condition: {
    ArnLike: { 'aws:SourceArn': s3.arn('bucket', ref, ref.id) },
    StringEquals: { 'aws:SourceAccount': ref.account },
  },
});

type Target = NonNullable<LogTarget['is']>;

const isLetInByAcl = ({ ownership, grants }: Target): boolean =>
  ownership !== 'BucketOwnerEnforced' &&
  grants.some(
    ({ Grantee, Permission }) =>
      Grantee?.URI === deliveryGroup && ['WRITE', 'FULL_CONTROL'].includes(Permission ?? ''),
  );

const byPermission = (target: Target, bucket: string, delivery: Delivery): readonly Fault[] => {
  const parsed = parsePolicy(target.policy ?? '{"Statement":[]}');
  // A policy that cannot be made out may let them in.
  if ('unreadable' in parsed) return [];
  const about = parsed.statements.filter(
    (one) => isAboutService(one) && isAboutLogs(one, bucket, delivery),
  );
  const conditionsOf = ({ conditions }: Statement) =>
    conditions.map((condition) => holds(condition, delivery.ref));
  const denied = about.find(
    (one) => one.effect === 'Deny' && conditionsOf(one).every((each) => each === true),
  );
  if (denied)
    return [
      {
        why: `${denied.path} of its policy denies ${service} to put them there`,
        path: `logTarget.policy.${denied.path}`,
        actual: 'Deny',
        expected: `no Deny for ${service}`,
      },
    ];
  const isLetIn = about.some((one) => one.effect === 'Allow' && !conditionsOf(one).includes(false));
  if (isLetIn || isLetInByAcl(target)) return [];
  return [
    {
      why: `no statement of its policy lets ${service} put logs of this bucket there`,
      path: 'logTarget.policy',
      actual: null,
      expected: deliveryStatement(bucket, delivery),
    },
  ];
};

/**
 * What keeps access logs from being delivered to a bucket. S3 takes a target that cannot work without a word, and delivers
 * nothing: "Logging requests with server access logging" and "Troubleshoot server access logging" in the S3 user guide.
 */
export const faultsOf = ({ bucket, is }: LogTarget, delivery: Delivery): readonly Fault[] => {
  if (!is)
    return [
      {
        why: 'there is no such bucket of this account in this region',
        path: 'logTarget',
        actual: null,
        expected: 'a bucket of the same account and region',
      },
    ];
  const { algorithm, retention, payer } = is;
  return [
    ...byPermission(is, bucket, delivery),
    ...(algorithm !== undefined && algorithm !== 'AES256'
      ? [
          {
            why: `its default encryption is ${algorithm}, and logs come with SSE-S3 alone`,
            path: 'logTarget.encryption',
            actual: algorithm,
            expected: 'AES256',
          },
        ]
      : []),
    ...(retention !== undefined
      ? [
          {
            why: 'its Object Lock has a default retention',
            path: 'logTarget.retention',
            actual: retention,
            expected: null,
          },
        ]
      : []),
    ...(payer === 'Requester'
      ? [
          {
            why: 'its requesters pay',
            path: 'logTarget.payer',
            actual: payer,
            expected: 'BucketOwner',
          },
        ]
      : []),
  ];
};

export const reasonOf = (bucket: string, faults: readonly Fault[]): string =>
  `${bucket} cannot take the access logs: ${faults.map(({ why }) => why).join(', and ')}`;
