import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { account, region, told, worldAt } from './path/world.ts';
import { namedAlone, serve } from './served.ts';

// What concerns the whole account is tested on an account of its own.
let folder = '';
let aws: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-config-'));
  const baseline = join(folder, 'plumbline.yaml');
  await writeFile(
    baseline,
    `${namedAlone}configRules: true\ncontrols: { EC2.172: {}, IAM.7: {}, S3.8: {} }\n`,
  );
  aws = await serve({ baseline });
}, 120_000);
afterAll(async () => {
  await aws.end();
  await rm(folder, { recursive: true });
});

it('AWS Config asks the deployed rule of a bucket and keeps its answer', async () => {
  const { as } = worldAt(aws.url);
  const { config, s3 } = as('alice');
  await s3.createBucket({ Bucket: 'asked-by-config' });
  await s3.deletePublicAccessBlock({ Bucket: 'asked-by-config' });
  const { ConfigRules = [] } = await config.describeConfigRules({});
  const rule = ConfigRules.find(({ Scope }) =>
    Scope?.ComplianceResourceTypes?.includes('AWS::S3::Bucket'),
  );
  const answers = async () =>
    (await config.getComplianceDetailsByConfigRule({ ConfigRuleName: rule?.ConfigRuleName }))
      .EvaluationResults ?? [];
  let results = await answers();
  for (const end = Date.now() + 20_000; Date.now() < end && results.length === 0; await sleep(100))
    results = await answers();
  expect(results).toMatchObject([
    {
      ComplianceType: 'NON_COMPLIANT',
      Annotation: expect.stringContaining('S3.8'),
      EvaluationResultIdentifier: {
        EvaluationResultQualifier: {
          ResourceType: 'AWS::S3::Bucket',
          ResourceId: 'asked-by-config',
        },
      },
    },
  ]);
}, 60_000);

it('a password policy that is weakened is found, and once it is strong resolved', async () => {
  const { as, finding } = worldAt(aws.url);
  const { iam } = as('alice');
  const policy = { control: 'IAM.7', resource: `arn:aws:iam::${account}:root` };
  await iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 6 });
  const failed = await finding({ ...policy, status: 'FAILED' });
  expect(told(failed, 'call')).toBe('iam:UpdateAccountPasswordPolicy');
  await iam.updateAccountPasswordPolicy({
    MinimumPasswordLength: 20,
    RequireLowercaseCharacters: true,
    RequireUppercaseCharacters: true,
    RequireNumbers: true,
    RequireSymbols: true,
    MaxPasswordAge: 60,
    PasswordReusePrevention: 24,
  });
  await finding({ ...policy, status: 'PASSED', workflow: 'RESOLVED' });
}, 60_000);

it('VPCs of a region that are no longer kept from the internet are found, and kept from it again resolved', async () => {
  const { as, finding } = worldAt(aws.url);
  const { ec2 } = as('alice');
  const block = { control: 'EC2.172', resource: `arn:aws:iam::${account}:root`, at: region };
  await ec2.modifyVpcBlockPublicAccessOptions({ InternetGatewayBlockMode: 'block-ingress' });
  await finding({ ...block, status: 'PASSED' });
  await ec2.modifyVpcBlockPublicAccessOptions({ InternetGatewayBlockMode: 'off' });
  const failed = await finding({ ...block, status: 'FAILED' });
  expect(told(failed, 'call')).toBe('ec2:ModifyVpcBlockPublicAccessOptions');
  await ec2.modifyVpcBlockPublicAccessOptions({ InternetGatewayBlockMode: 'block-bidirectional' });
  await finding({ ...block, status: 'PASSED', workflow: 'RESOLVED' });
}, 60_000);
