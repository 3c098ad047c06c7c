import { type MotoClients, motoClients, region } from './local-aws-clients.ts';

/** An account beside that of Plumbline. */
export interface Member {
  readonly account: string;
  /** moto takes the account of a call from it. */
  readonly accessKeyId: string;
  /** Of moto itself, in the home region. */
  readonly clients: MotoClients;
}

/** The accounts that there can be. */
export const memberIds: readonly string[] = [
  '444455556666',
  '777788889999',
  '222233334444',
  '555566667777',
];

/** moto gives whoever assumes a role a key of the account of the role, whether there is such a role or not. */
export const memberOf = async (account: string, motoUrl: string): Promise<Member> => {
  const { Credentials } = await motoClients(motoUrl)
    .sts('local-aws')
    .assumeRole({
      RoleArn: `arn:aws:iam::${account}:role/local-aws`,
      RoleSessionName: 'local-aws',
    });
  const accessKeyId = Credentials?.AccessKeyId ?? '';
  return { account, accessKeyId, clients: motoClients(motoUrl, region, accessKeyId) };
};

/**
 * Makes the role by which people of the hub administer a member, as Organizations does in each account that it makes:
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html
 */
export const letPeopleIn = async ({ clients: { iam } }: Member, hub: string): Promise<void> => {
  await iam.createRole({
    RoleName: administratorRole,
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${hub}:root` },
          Action: 'sts:AssumeRole',
        },
      ],
    }),
  });
};
export const administratorRole = 'OrganizationAccountAccessRole';
