import { checkedIn, templateFrom, verdictOf } from './checking.ts';

const of = (type: string, properties: string, more = '') =>
  `Resources:\n  It: {Type: 'AWS::${type}', Properties: ${properties}}\n${more}`;
const policy = (Action: string, more = '') =>
  `{Statement: [{Effect: Allow, Principal: '*', Action: '${Action}', Resource: '*'${more}}]}`;
const statement = (name: string) =>
  `  Added: {Type: 'AWS::Events::EventBusPolicy', Properties: {StatementId: a${name}, Statement: {Effect: Allow, Principal: '*', Action: 'events:PutEvents', Resource: '*'}}}\n`;
const vpce = ", Condition: {StringEquals: {'aws:SourceVpce': vpce-1a2b3c4d}}";
const open =
  'PublicAccessBlockConfiguration: {BlockPublicAcls: false, BlockPublicPolicy: false, IgnorePublicAcls: false, RestrictPublicBuckets: false}';
const everywhere = (action: string) =>
  `  Everywhere: {Type: 'AWS::S3::MultiRegionAccessPointPolicy', Properties: {MrapName: !Ref It, Policy: ${policy(action)}}}\n`;
const api = (more: string) =>
  of('ApiGateway::RestApi', `{Name: a, EndpointConfiguration: {Types: [PRIVATE]}, ${more}}`);

it.each<[name: string, template: string, control: string, verdict: string]>([
  [
    'a vault that anybody copies into',
    of(
      'Backup::BackupVault',
      `{BackupVaultName: v, AccessPolicy: ${policy('backup:CopyIntoBackupVault')}}`,
    ),
    'PL.POLICY.3',
    'FAIL',
  ],
  [
    'a vault that nothing is said of',
    of('Backup::BackupVault', '{BackupVaultName: v}'),
    'PL.POLICY.3',
    'PASS',
  ],
  [
    'a bus with an open policy of its own',
    of('Events::EventBus', `{Name: orders, Policy: ${policy('events:PutEvents')}}`),
    'PL.POLICY.3',
    'FAIL',
  ],
  [
    'a bus with an open statement that is declared by itself',
    of('Events::EventBus', '{Name: orders}', statement(', EventBusName: !Ref It')),
    'PL.POLICY.3',
    'FAIL',
  ],
  [
    'a bus beside a statement of the default bus',
    of('Events::EventBus', '{Name: orders}', statement('')),
    'PL.POLICY.3',
    'PASS',
  ],
  [
    'a bus that hears an account of nobody here',
    of(
      'Events::EventBus',
      '{Name: orders}',
      "  Added: {Type: 'AWS::Events::EventBusPolicy', Properties: {StatementId: a, EventBusName: !Ref It, Action: 'events:PutEvents', Principal: '444455556666'}}\n",
    ),
    'PL.POLICY.1',
    'FAIL',
  ],
  [
    'a bus that hears an organization',
    of(
      'Events::EventBus',
      '{Name: orders}',
      "  Added: {Type: 'AWS::Events::EventBusPolicy', Properties: {StatementId: a, EventBusName: !Ref It, Action: 'events:PutEvents', Principal: '*', Condition: {Type: StringEquals, Key: 'aws:PrincipalOrgID', Value: o-abcdefghij}}}\n",
    ),
    'PL.POLICY.3',
    'PASS',
  ],
  [
    'a private API for everybody',
    api(`Policy: ${policy('execute-api:Invoke')}`),
    'PL.APIGATEWAY.1',
    'FAIL',
  ],
  [
    'a private API for one endpoint',
    api(`Policy: ${policy('execute-api:Invoke', vpce)}`),
    'PL.APIGATEWAY.1',
    'PASS',
  ],
  [
    'a private API for everybody, by its definition',
    api(`Body: {x-amazon-apigateway-policy: ${policy('execute-api:Invoke')}}`),
    'PL.APIGATEWAY.1',
    'FAIL',
  ],
  [
    'a private API with a definition elsewhere',
    api('BodyS3Location: {Bucket: b, Key: k}'),
    'PL.APIGATEWAY.1',
    'UNKNOWN policy is not known: the policy, which the definition of the API can hold',
  ],
  [
    'an API on the internet',
    of('ApiGateway::RestApi', `{Name: a, Policy: ${policy('execute-api:Invoke')}}`),
    'PL.APIGATEWAY.1',
    'NOT_APPLICABLE',
  ],
  [
    'an access point for everybody',
    of('S3::AccessPoint', `{Bucket: orders, ${open}, Policy: ${policy('s3:GetObject')}}`),
    'PL.S3.1',
    'FAIL',
  ],
  [
    'an access point for everybody in one VPC',
    of(
      'S3::AccessPoint',
      `{Bucket: orders, VpcConfiguration: {VpcId: vpc-1}, ${open}, Policy: ${policy('s3:GetObject')}}`,
    ),
    'PL.S3.1',
    'NOT_APPLICABLE',
  ],
  [
    'an access point for everybody, of a bucket with all blocks',
    of(
      'S3::AccessPoint',
      `{Bucket: !Ref Orders, ${open}, Policy: ${policy('s3:GetObject')}}`,
      "  Orders: {Type: 'AWS::S3::Bucket', Properties: {PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}}}\n",
    ),
    'PL.S3.1',
    'PASS',
  ],
  [
    'an access point of several regions for everybody',
    of(
      'S3::MultiRegionAccessPoint',
      `{Regions: [{Bucket: orders}], ${open}}`,
      everywhere('s3:GetObject'),
    ),
    'PL.S3.1',
    'FAIL',
  ],
  [
    'an access point of several regions for everybody, with its blocks',
    of(
      'S3::MultiRegionAccessPoint',
      '{Regions: [{Bucket: orders}, {Bucket: {Ref: Open}}]}',
      everywhere('s3:GetObject'),
    ),
    'PL.S3.1',
    'PASS by default',
  ],
  [
    'an access point of several regions for everybody, of a bucket with all blocks',
    of(
      'S3::MultiRegionAccessPoint',
      `{Regions: [{Bucket: !Ref Orders}], ${open}}`,
      `${everywhere('s3:GetObject')}  Orders: {Type: 'AWS::S3::Bucket', Properties: {PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}}}\n`,
    ),
    'PL.S3.1',
    'PASS',
  ],
  [
    'an access point of several regions without a policy',
    of('S3::MultiRegionAccessPoint', `{Regions: [{Bucket: orders}], ${open}}`),
    'PL.S3.1',
    'PASS',
  ],
  [
    'an access point of several regions that names an account of nobody here',
    of(
      'S3::MultiRegionAccessPoint',
      `{Regions: [{Bucket: orders}], ${open}}`,
      "  Everywhere: {Type: 'AWS::S3::MultiRegionAccessPointPolicy', Properties: {MrapName: !Ref It, Policy: {Statement: [{Effect: Allow, Principal: {AWS: '444455556666'}, Action: 's3:GetObject', Resource: '*'}]}}}\n",
    ),
    'PL.POLICY.1',
    'FAIL',
  ],
  [
    'an access point without a policy',
    of('S3::AccessPoint', `{Bucket: orders, ${open}}`),
    'PL.S3.1',
    'PASS',
  ],
])('%s', async (_, template, control, verdict) => {
  expect(await verdictOf(template, control, 'It')).toBe(verdict);
});

it('the policy of one of several regions is evaluated where the template has no such access point', async () => {
  const text = everywhere('s3:GetObject').replace('!Ref It', 'partners');
  const all = await checkedIn(await templateFrom(`Resources:\n${text}`));
  const said = all
    .filter(({ control }) => ['PL.S3.1', 'PL.POLICY.1'].includes(control.id))
    .map(({ control, verdict }) => `${control.id} ${verdict.status}`);
  expect(said).toEqual(['PL.S3.1 UNKNOWN']);
});

it.each([
  ['of the default bus', `Resources:\n${statement('')}`],
  ['of a bus elsewhere', `Resources:\n${statement(', EventBusName: orders')}`],
])('a statement %s is evaluated where the template has no bus', async (_, template) => {
  const all = await checkedIn(await templateFrom(template));
  const statuses = all
    .filter(({ control }) => control.id === 'PL.POLICY.3')
    .map(({ verdict }) => verdict.status);
  expect(statuses).toEqual(['FAIL']);
});
