import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { account, as, finding, pathMillis, region, told } from './world.ts';

const ssh = (CidrIp: string) => [
  { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp }] },
];

describe('EC2, from call to finding', () => {
  it(
    'a role opens SSH to the world and closes it',
    async () => {
      const { iam, sts } = as('root-admin');
      // Another one at the second try, which a busy machine may need.
      const RoleName = `path-deploy-${randomUUID()}`;
      await iam.createRole({
        RoleName,
        AssumeRolePolicyDocument: JSON.stringify({
          Statement: { Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' },
        }),
      });
      const { Credentials } = await sts.assumeRole({
        RoleArn: `arn:aws:iam::${account}:role/${RoleName}`,
        RoleSessionName: 'build-17',
      });
      const { ec2 } = as(
        Credentials?.AccessKeyId ?? '',
        Credentials?.SecretAccessKey,
        Credentials?.SessionToken,
      );
      const { GroupId = '' } = await ec2.createSecurityGroup({
        GroupName: RoleName,
        Description: 'path',
      });
      const group = {
        control: 'EC2.13',
        resource: `arn:aws:ec2:${region}:${account}:security-group/${GroupId}`,
      };
      await finding({ ...group, status: 'PASSED' });
      await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: ssh('0.0.0.0/0') });
      const failed = await finding({ ...group, status: 'FAILED' });
      expect(told(failed, 'by')).toBe(`arn:aws:sts::${account}:assumed-role/${RoleName}/build-17`);
      expect(told(failed, 'call')).toMatch(/\bec2:AuthorizeSecurityGroupIngress\b/);
      await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: ssh('0.0.0.0/0') });
      await finding({ ...group, status: 'PASSED', workflow: 'RESOLVED' });
    },
    pathMillis,
  );

  it(
    'a snapshot is shared with everybody and made private again',
    async () => {
      const { ec2 } = as('root-admin');
      const { VolumeId } = await ec2.createVolume({ AvailabilityZone: `${region}a`, Size: 1 });
      const { SnapshotId = '' } = await ec2.createSnapshot({ VolumeId });
      const snapshot = {
        control: 'EC2.1',
        resource: `arn:aws:ec2:${region}::snapshot/${SnapshotId}`,
      };
      await finding({ ...snapshot, status: 'PASSED' });
      const everybody = [{ Group: 'all' as const }];
      const share = (CreateVolumePermission: object) =>
        ec2.modifySnapshotAttribute({
          SnapshotId,
          Attribute: 'createVolumePermission',
          CreateVolumePermission,
        });
      await share({ Add: everybody });
      const failed = await finding({ ...snapshot, status: 'FAILED' });
      expect(told(failed, 'call')).toMatch(/\bec2:ModifySnapshotAttribute\b/);
      await share({ Remove: everybody });
      await finding({ ...snapshot, status: 'PASSED', workflow: 'RESOLVED' });
    },
    pathMillis,
  );
});
