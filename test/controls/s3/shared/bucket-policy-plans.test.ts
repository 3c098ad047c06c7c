import fc from 'fast-check';
import { writtenStatements } from '../../../../lib/analysis/policies/policy-closing.ts';
import { parsePolicy } from '../../../../lib/analysis/policies/policy-document.ts';
import {
  type Access,
  publicStatements,
  reaches,
} from '../../../../lib/controls/s3/shared/bucket-policy.ts';
import { refusingPlainHttp } from '../../../../lib/controls/s3/shared/plain-http-plan.ts';
import { planPrivacy } from '../../../../lib/controls/s3/shared/public-bucket-plan.ts';
import {
  bucket,
  bucketPolicies,
  tlsPolicies,
} from '../../../analysis/policies/policy-arbitraries.ts';
import {
  type Caller,
  isAllowed,
  type RawStatement,
} from '../../../analysis/policies/policy-evaluation.ts';
import { untrustedCallers } from '../../../analysis/policies/untrusted-principals.ts';
import { runs } from '../../../extent.ts';
import { unguarded } from '../buckets.ts';

const account = '123456789012';
const ref = { account, region: 'us-east-1', id: 'example' };
const role = `arn:aws:iam::${account}:role/reader`;
/** A role of the account, with and without TLS. */
const own: readonly Caller[] = ['true', 'false'].map((tls) => ({
  ids: [account, `arn:aws:iam::${account}:root`, role],
  context: {
    ...{ 'aws:principalarn': [role], 'aws:principalaccount': [account] },
    ...{ 'aws:userid': ['AROAOWN:reader'], 'aws:principalisawsservice': ['false'] },
    ...{ 'aws:viaawsservice': ['false'], 'aws:securetransport': [tls] },
    'aws:sourceip': ['203.0.113.9'],
  },
}));
const callers = [...untrustedCallers, ...own];
const isPlain = ({ context }: Caller) => context['aws:securetransport']?.[0] === 'false';

const actions: Readonly<Record<Access, readonly string[]>> = {
  read: ['s3:GetObject', 's3:ListBucket', 's3:GetBucketAcl'],
  write: ['s3:PutObject', 's3:DeleteObject', 's3:PutBucketPolicy'],
};
const resources = [bucket, `${bucket}/a`, `${bucket}/logs/a`];
const requestsOf = (by: readonly Caller[], sides: readonly Access[] = ['read', 'write']) =>
  by.flatMap((caller) =>
    sides
      .flatMap((side) => actions[side])
      .flatMap((action) => resources.map((resource) => ({ caller, action, resource }))),
  );
/** Which of the requests these statements allow. */
const allowed = (policy: readonly RawStatement[], requests: ReturnType<typeof requestsOf>) =>
  requests.map((request) => isAllowed(policy, request));

const parse = (text: string) => {
  const policy = parsePolicy(text);
  if ('unreadable' in policy) throw new Error(policy.unreadable);
  return policy.statements;
};
// What the generators and the plans write is of this shape.
const raw = (text: string) => writtenStatements(text) as unknown as RawStatement[];

/** Policies as they may be written: one statement as an object, either version or none, an id. */
const texts = (policies: fc.Arbitrary<RawStatement[]>) =>
  fc
    .record({
      statements: policies,
      head: fc.constantFrom(
        {},
        { Version: '2012-10-17' },
        { Version: '2008-10-17', Id: 'Policy1' },
      ),
      indent: fc.constantFrom(0, 2),
    })
    .map(({ statements, head, indent }) => {
      const [first] = statements;
      const Statement = statements.length === 1 ? first : statements;
      return JSON.stringify({ ...head, Statement }, null, indent);
    });
const merged = (text: string) => {
  const result = refusingPlainHttp(text, parse(text), bucket);
  if (result === undefined) throw new Error('not merged');
  return result;
};
const sid = 'PlumblineDenyInsecureTransport';
const theirs = (text: string) => writtenStatements(text).filter(({ Sid }) => Sid !== sid);
/** With our statement among the others, spoilt. */
const spoilt = texts(fc.oneof(bucketPolicies, tlsPolicies)).map((text) => {
  const [last, ...others] = writtenStatements(merged(text)).toReversed();
  return JSON.stringify({ Statement: [{ ...last, Principal: { AWS: account } }, ...others] });
});
const any = fc.oneof(texts(bucketPolicies), texts(tlsPolicies), spoilt);

describe('a policy with the refusal of plain HTTP', () => {
  it('is the same when it is merged again', () => {
    fc.assert(
      fc.property(any, (text) => expect(merged(merged(text))).toBe(merged(text))),
      runs(),
    );
  });

  it('keeps every statement of others, and whatever stands beside them', () => {
    fc.assert(
      fc.property(any, (text) => {
        expect(theirs(merged(text))).toEqual(theirs(text));
        const [{ Statement: _, ...before }, { Statement: __, ...after }] = [
          JSON.parse(text),
          JSON.parse(merged(text)),
        ];
        expect(after).toEqual(before);
      }),
      runs(),
    );
  });

  it('refuses everybody without TLS, and nobody over it', () => {
    const plain = requestsOf(callers.filter(isPlain));
    const secure = requestsOf(callers.filter((caller) => !isPlain(caller)));
    fc.assert(
      fc.property(any, (text) => {
        expect(allowed(raw(merged(text)), plain)).not.toContain(true);
        expect(allowed(raw(merged(text)), secure)).toEqual(allowed(raw(text), secure));
      }),
      runs(),
    );
  });
});

/** What a plan sets the policy to; `undefined` where it closes the bucket otherwise or leaves it to a person. */
const narrowed = (policy: string, access: Access): string | undefined => {
  const plan = planPrivacy({ ...unguarded, policy }, access, ref);
  if (plan.kind === 'proposal') return undefined;
  const input = plan.calls.find(({ operation }) => operation === 'putBucketPolicy')?.input;
  return input && 'Policy' in input ? String(input.Policy) : undefined;
};
const reachesBoth = (text: string) =>
  parse(text).some(
    ({ actions: { not, patterns } }) =>
      not ||
      patterns
        .map((one) => one.toLowerCase())
        .some((one) => reaches(one, 'read') && reaches(one, 'write')),
  );
/** Whom a block of the whole bucket would shut out, so that its policy is narrowed. */
const partner: RawStatement = {
  Effect: 'Allow',
  Principal: { AWS: '111122223333' },
  Action: 's3:GetObject',
  Resource: `${bucket}/a`,
};
const sharedPolicies = texts(bucketPolicies.map((policy) => [...policy, partner]));

describe.each(['read', 'write'] as const)('a policy that is narrowed: %s', (access) => {
  const other = access === 'read' ? 'write' : 'read';
  const everyRequest = requestsOf(callers);
  const ownRequests = requestsOf(own);
  const closed = requestsOf(untrustedCallers, [access]);
  const untouched = requestsOf(untrustedCallers, [other]);
  const run = (check: (before: string, after: string) => void) =>
    fc.assert(
      fc.property(sharedPolicies, (before) => {
        const after = narrowed(before, access);
        fc.pre(after !== undefined);
        if (after !== undefined) check(before, after);
      }),
      runs(150),
    );

  it('is closed to strangers', () =>
    run((_, after) => {
      expect(publicStatements(parse(after), access)).toEqual([]);
      expect(allowed(raw(after), closed)).not.toContain(true);
    }));

  it('lets in nobody whom it did not let in', () =>
    run((before, after) => {
      const was = allowed(raw(before), everyRequest);
      expect(allowed(raw(after), everyRequest).filter((is, at) => is && !was[at])).toEqual([]);
    }));

  it('takes nothing from principals of the account', () =>
    run((before, after) =>
      expect(allowed(raw(after), ownRequests)).toEqual(allowed(raw(before), ownRequests)),
    ));

  it('leaves strangers what is not to be closed, where an action says what it is', () =>
    run((before, after) => {
      fc.pre(!reachesBoth(before));
      expect(allowed(raw(after), untouched)).toEqual(allowed(raw(before), untouched));
    }));
});
