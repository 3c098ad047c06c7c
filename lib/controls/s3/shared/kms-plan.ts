import { parsePolicy, type Statement } from '../../../analysis/policies/policy-document.ts';
import { accountOf } from '../../../analysis/policies/principals.ts';
import { type Plan, propose, type Snapshot } from '../../../model/control.ts';
import type { Ref } from '../../../model/resource-type.ts';
import type { s3Bucket } from '../../../resources/s3/s3-bucket.ts';
import { putEncryption, restoreEncryption } from './bucket-encryption-plan.ts';
import { isForAccountAlone } from './bucket-policy-outsiders.ts';

/** What the plan reads beside the encryption. */
export const kmsNeeds = ['acl', 'ownership', 'policy', 'replication'] as const;
type State = Snapshot<typeof s3Bucket, 'encryption' | (typeof kmsNeeds)[number]>;

const beyondAccount = (statement: Statement, account: string): string[] => {
  const { effect, principals } = statement;
  if (effect === 'Deny' || isForAccountAlone(statement, account)) return [];
  if (!principals || principals.not) return ['*'];
  return principals.list.map(({ id }) => id).filter((id) => accountOf(id) !== account);
};

/** Who uses the bucket from outside the account: other accounts, services, the public; none of them has a key for it. */
const otherUsersOf = ({ policy, acl, ownership }: State, account: string): string[] => {
  const parsed = parsePolicy(policy ?? '{"Statement":[]}');
  if ('unreadable' in parsed) return ['principals of a policy that cannot be made out'];
  const inAcl = ownership === 'BucketOwnerEnforced' ? [] : acl.grants;
  return [
    ...parsed.statements.flatMap((statement) => beyondAccount(statement, account)),
    ...inAcl
      .filter(({ Grantee }) => Grantee?.ID === undefined || Grantee.ID !== acl.ownerId)
      .map(({ Grantee }) => Grantee?.URI ?? Grantee?.ID ?? 'a grantee of its ACL'),
  ];
};

const hindrance = (state: State, key: string | null, { account, region }: Ref) => {
  // S3 does not look at the key here, and with one of another region every upload would fail.
  if (key !== null && key.split(':')[3] !== region)
    return `kmsKey is not of ${region}, where the bucket is`;
  const [user] = otherUsersOf(state, account);
  // The key aws/s3 serves the principals of its own account only, and a key policy of whoever else is not read here.
  if (user !== undefined) return `${user} uses the bucket too, and must be allowed the key first`;
  // Replication leaves out what KMS encrypts unless its rules name a key (S3 user guide, "Replicating encrypted objects").
  return state.replication ? 'its replication would leave out objects under a KMS key' : undefined;
};

/** Encrypts new objects under `key`, an ARN, or under aws/s3 where it is `null`. */
export const planKms = (state: State, key: string | null, ref: Ref): Plan => {
  const calls = [
    putEncryption(ref.id, {
      ...state.encryption,
      ApplyServerSideEncryptionByDefault: {
        SSEAlgorithm: 'aws:kms',
        ...(key === null ? {} : { KMSMasterKeyID: key }),
      },
      // Without a bucket key each request is one of KMS's too, at its price.
      BucketKeyEnabled: true,
    }),
  ];
  const why = hindrance(state, key, ref);
  if (why !== undefined) return propose(why, calls);
  return {
    kind: 'calls',
    risk: 'disruptive',
    summary: `encrypts new objects under ${key ?? 'the key aws/s3'}, at the price of KMS requests`,
    calls,
    undo: {
      calls: [restoreEncryption(ref.id, state.encryption)],
      // Whoever reads the bucket but not the key reads new objects again; aws/s3 admits all readers of the account.
      widensAccess: key !== null,
    },
  };
};
