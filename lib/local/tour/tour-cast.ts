import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { S3 } from '@aws-sdk/client-s3';
import { STS } from '@aws-sdk/client-sts';
import { administratorRole } from '../local-aws-members.ts';

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}
export interface Endpoint {
  readonly url: string;
  readonly account: string;
  readonly region: string;
}

/** The SDK's clients of one person or pipeline. */
const clientsOf = ({ url, region }: Endpoint, credentials: Credentials) => {
  const settings = { region, endpoint: url, credentials };
  return {
    ec2: new EC2(settings),
    iam: new IAM(settings),
    rds: new RDS(settings),
    s3: new S3({ ...settings, forcePathStyle: true }),
    sts: new STS(settings),
  };
};
type Clients = ReturnType<typeof clientsOf>;

/** Who plays: a user with an access key, and the role of a deployment pipeline. */
export interface Cast {
  readonly account: string;
  readonly alice: Clients;
  readonly pipeline: Clients;
  /** Alice, as she administers another account. */
  aliceIn(account: string): Promise<Clients>;
  /** The same in another region. */
  pipelineIn(region: string): Clients;
  /** Takes back what Plumbline last did for a control on a resource. */
  undoLatest(type: string, id: string, control: string): Promise<void>;
}

const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';
const pipelineRole = 'ci-deploy';

/** Makes the user and the role, as an administrator of the account, and signs them in. */
export const signIn = async (place: Endpoint, undoLatest: Cast['undoLatest']): Promise<Cast> => {
  const admin = clientsOf(place, { accessKeyId: 'admin', secretAccessKey: 'local' });
  const alice = await signInAlice(place, admin);
  const pipelineIn = await signInPipeline(place, admin);
  const pipeline = pipelineIn(place.region);
  const aliceIn = (account: string) => signInElsewhere(place, alice, account);
  return { account: place.account, alice, aliceIn, pipeline, pipelineIn, undoLatest };
};

const signInAlice = async (place: Endpoint, { iam }: Clients) => {
  // The account has her already: she is an operator.
  const { AccessKey } = await iam.createAccessKey({ UserName: 'alice' });
  return clientsOf(place, {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  });
};

const assume = async (sts: STS, RoleArn: string, RoleSessionName: string) => {
  const { Credentials } = await sts.assumeRole({ RoleArn, RoleSessionName });
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
};

const signInElsewhere = async (place: Endpoint, { sts }: Clients, account: string) => {
  const role = `arn:aws:iam::${account}:role/${administratorRole}`;
  return clientsOf({ ...place, account }, await assume(sts, role, 'alice'));
};

const signInPipeline = async (place: Endpoint, { iam, sts }: Clients) => {
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${place.account}:root` },
        Action: 'sts:AssumeRole',
      },
    ],
  };
  await iam.createRole({
    RoleName: pipelineRole,
    AssumeRolePolicyDocument: JSON.stringify(trust),
  });
  await iam.attachRolePolicy({ RoleName: pipelineRole, PolicyArn: administrator });
  const role = `arn:aws:iam::${place.account}:role/${pipelineRole}`;
  const credentials = await assume(sts, role, 'pipeline-4711');
  return (region: string) => clientsOf({ ...place, region }, credentials);
};
