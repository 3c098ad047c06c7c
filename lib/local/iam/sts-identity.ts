import type { IAM } from '@aws-sdk/client-iam';
import type { STS } from '@aws-sdk/client-sts';
import { attempted } from '../../aws/errors.ts';
import type { Caller, Policy } from './iam-policy.ts';

/** What one AssumeRole gave. */
export interface Session {
  readonly accessKeyId: string;
  readonly roleArn: string;
  /** AROA… */
  readonly roleId: string;
  readonly name: string;
  readonly policy?: Policy;
  readonly policyArns: readonly string[];
  readonly sourceIdentity?: string;
  readonly startedAt: Date;
}

/** CloudTrail's `userIdentity`: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
export interface Identity {
  readonly type: 'IAMUser' | 'AssumedRole' | 'Root' | 'AWSService';
  readonly principalId?: string;
  readonly arn?: string;
  readonly accountId?: string;
  readonly accessKeyId?: string;
  readonly userName?: string;
  readonly invokedBy?: string;
  readonly sessionContext?: {
    readonly sessionIssuer: {
      readonly type: 'Role';
      readonly principalId: string;
      readonly arn: string;
      readonly accountId: string;
      readonly userName: string;
    };
    readonly attributes: { readonly creationDate: string; readonly mfaAuthenticated: 'false' };
    readonly sourceIdentity?: string;
  };
}

export const accountOf = (arn = '') => arn.split(':')[4] ?? '';
const nameIn = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);

export const sessionArn = ({ roleArn, name }: Session) =>
  `arn:aws:sts::${accountOf(roleArn)}:assumed-role/${nameIn(roleArn)}/${name}`;

export const identityOfSession = (session: Session): Identity => {
  const { accessKeyId, roleArn, roleId, name, startedAt, sourceIdentity } = session;
  const accountId = accountOf(roleArn);
  return {
    type: 'AssumedRole',
    principalId: `${roleId}:${name}`,
    arn: sessionArn(session),
    accountId,
    accessKeyId,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: roleId,
        arn: roleArn,
        accountId,
        userName: nameIn(roleArn),
      },
      attributes: {
        creationDate: startedAt.toISOString().replace(/\.\d+Z$/, 'Z'),
        mfaAuthenticated: 'false',
      },
      ...(sourceIdentity !== undefined && { sourceIdentity }),
    },
  };
};

/** The ways in which a policy can name somebody as its principal. */
export const callerOf = (identity: Identity): Caller => {
  if (identity.invokedBy) return { Service: [identity.invokedBy] };
  const { arn = '', accountId = '' } = identity;
  const role = identity.sessionContext?.sessionIssuer.arn;
  return { AWS: [arn, accountId, `arn:aws:iam::${accountId}:root`, ...(role ? [role] : [])] };
};

// What moto says of a key that IAM did not give out.
const unknownUser = ':user/moto';

/** The id of a user that IAM knows by this name. */
const userId = async (UserName: string, iam: IAM): Promise<string | undefined> => {
  const read = await attempted(() => iam.getUser({ UserName }));
  return 'value' in read ? read.value.User?.UserId : undefined;
};

/** A user of the account: the key's owner in IAM, else one called like the key, since locally any key will do. */
export const identityOfKey = async (
  key: string,
  { sts, iam }: { readonly sts: STS; readonly iam: IAM },
  account: string,
): Promise<Identity> => {
  const { Arn = unknownUser, UserId = '', Account = account } = await sts.getCallerIdentity({});
  const isUnknown = Arn.endsWith(unknownUser);
  const userName = isUnknown ? key.replace(/[^\w+=,.@-]/g, '-') : nameIn(Arn);
  return {
    type: 'IAMUser',
    principalId: isUnknown ? ((await userId(userName, iam)) ?? key) : UserId,
    arn: isUnknown ? `arn:aws:iam::${account}:user/${userName}` : Arn,
    accountId: Account,
    accessKeyId: key,
    userName,
  };
};
