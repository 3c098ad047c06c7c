import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A call, as far as the stub tells calls apart. */
export interface Heard {
  readonly service: string;
  readonly operation: string;
  readonly body: string;
  readonly path: string;
}
export interface Said {
  readonly status?: number;
  readonly type?: string;
  readonly body: string;
  readonly error?: string;
}

const s3Operations: Readonly<Record<string, string>> = {
  publicAccessBlock: 'GetPublicAccessBlock',
  acl: 'GetBucketAcl',
  ownershipControls: 'GetBucketOwnershipControls',
  policy: 'GetBucketPolicy',
  tagging: 'GetBucketTagging',
};
const hubOperations: Readonly<Record<string, string>> = {
  'POST /findings/import': 'BatchImportFindings',
  'PATCH /findings/batchupdate': 'BatchUpdateFindings',
  'POST /findings': 'GetFindings',
};

/** Which call this is: by its target, its form or its path. */
export const heardOf = (request: IncomingMessage, body: string): Heard => {
  const path = request.url ?? '/';
  const target = String(request.headers['x-amz-target'] ?? '');
  if (target !== '') {
    const [prefix = '', operation = ''] = target.split('.');
    return { service: prefix.replace(/_\d+$/, '').toLowerCase(), operation, body, path };
  }
  const scope =
    /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(String(request.headers.authorization))?.[1] ??
    '';
  const action = new URLSearchParams(body).get('Action');
  if (action !== null) return { service: scope, operation: action, body, path };
  const { pathname, searchParams } = new URL(path, 'http://stub');
  if (scope === 'securityhub')
    return {
      service: scope,
      operation: hubOperations[`${request.method} ${pathname}`] ?? pathname,
      body,
      path,
    };
  if (pathname.startsWith('/v20180820'))
    return { service: 's3control', operation: pathname, body, path };
  const sub = [...searchParams.keys()].find((key) => key !== 'x-id') ?? '';
  return { service: 's3', operation: s3Operations[sub] ?? `${request.method} ?${sub}`, body, path };
};

const json = (body: object): Said => ({
  type: 'application/x-amz-json-1.0',
  body: JSON.stringify(body),
});
const xml = (body: string): Said => ({ type: 'application/xml', body });
const s3Error = (code: string): Said => ({
  status: 404,
  type: 'application/xml',
  body: `<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  error: code,
});

/** Whether the next reads show the resource broken. */
export interface State {
  isBroken: boolean;
  /** Ids of groups that are right whatever the others are. */
  readonly right: Set<string>;
}

const blocked =
  '<BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets>';

const ofS3 = ({ operation }: Heard, { isBroken }: State): Said => {
  if (operation === 'GetPublicAccessBlock')
    return isBroken
      ? s3Error('NoSuchPublicAccessBlockConfiguration')
      : xml(`<PublicAccessBlockConfiguration>${blocked}</PublicAccessBlockConfiguration>`);
  if (operation === 'GetBucketAcl')
    return xml(
      '<AccessControlPolicy><Owner><ID>me</ID></Owner><AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>me</ID></Grantee><Permission>FULL_CONTROL</Permission></Grant></AccessControlList></AccessControlPolicy>',
    );
  if (operation === 'GetBucketOwnershipControls')
    return xml(
      '<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>',
    );
  if (operation === 'GetBucketPolicy') return s3Error('NoSuchBucketPolicy');
  if (operation === 'GetBucketTagging') return s3Error('NoSuchTagSet');
  throw new Error(`the stub knows no ${operation} of S3`);
};

const groupXml = (id: string, { isBroken, right }: State): string =>
  `<item><ownerId>123456789012</ownerId><groupId>${id}</groupId><groupName>web</groupName><groupDescription>web</groupDescription><vpcId>vpc-1</vpcId><ipPermissions>${
    isBroken && !right.has(id)
      ? '<item><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges></item>'
      : ''
  }</ipPermissions><ipPermissionsEgress/><tagSet/></item>`;

const idsIn = ({ body }: Heard): readonly string[] =>
  [...new URLSearchParams(body)].flatMap(([name, value]) =>
    /^(GroupId|Filter\.1\.Value)\.\d+$/.test(name) ? [value] : [],
  );

// The SDK checks that SQS has what was sent.
const md5 = (text = ''): string => createHash('md5').update(text).digest('hex');
const ofSqs = ({ operation, body }: Heard): Said => {
  const {
    Entries = [],
    MessageBody,
  }: { Entries?: { Id: string; MessageBody?: string }[]; MessageBody?: string } = JSON.parse(body);
  if (!operation.endsWith('Batch'))
    return json({ MessageId: 'm', MD5OfMessageBody: md5(MessageBody) });
  const Successful = Entries.map((one) => ({
    Id: one.Id,
    MessageId: one.Id,
    MD5OfMessageBody: md5(one.MessageBody),
  }));
  return json({ Successful, Failed: [] });
};

const ofHub = ({ operation, body }: Heard): Said => {
  if (operation === 'GetFindings') return json({ Findings: [] });
  const { Findings = [] }: { Findings?: object[] } = JSON.parse(body);
  return json({
    FailedCount: 0,
    SuccessCount: Findings.length,
    ProcessedFindings: [],
    UnprocessedFindings: [],
  });
};

/** Credentials of a role in another account, for an hour. */
const ofSts = ({ operation }: Heard): Said => {
  if (operation !== 'AssumeRole') throw new Error(`the stub knows no ${operation} of STS`);
  const until = new Date(Date.now() + 3_600_000).toISOString();
  return xml(
    `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASIABENCH</AccessKeyId><SecretAccessKey>bench</SecretAccessKey><SessionToken>${'t'.repeat(800)}</SessionToken><Expiration>${until}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
  );
};

/** What AWS would say, as far as events of buckets and of security groups ask it. */
export const answerOf = (heard: Heard, state: State): Said => {
  switch (heard.service) {
    case 'amazonsqs':
      return ofSqs(heard);
    case 'securityhub':
      return ofHub(heard);
    case 'sts':
      return ofSts(heard);
    case 's3':
      return ofS3(heard, state);
    case 's3control':
      return s3Error('NoSuchPublicAccessBlockConfiguration');
    case 'ec2':
      return xml(
        `<DescribeSecurityGroupsResponse><securityGroupInfo>${idsIn(heard)
          .map((id) => groupXml(id, state))
          .join('')}</securityGroupInfo></DescribeSecurityGroupsResponse>`,
      );
    default:
      throw new Error(`the stub knows no ${heard.operation} of ${heard.service}`);
  }
};
