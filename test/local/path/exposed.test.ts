import { AutoScaling } from '@aws-sdk/client-auto-scaling';
import { CognitoIdentity } from '@aws-sdk/client-cognito-identity';
import { DatabaseMigrationService } from '@aws-sdk/client-database-migration-service';
import { Inspector2 } from '@aws-sdk/client-inspector2';
import { SageMaker } from '@aws-sdk/client-sagemaker';
import { describe, expect, it } from '@jest/globals';
import { account, as, finding, pathMillis, region, told } from './world.ts';

const settings = {
  region,
  endpoint: process.env['PLUMBLINE_TEST_PATH'] ?? 'http://none',
  credentials: { accessKeyId: 'alice', secretAccessKey: 'any' },
};
const alice = `arn:aws:iam::${account}:user/alice`;

describe('what is open to the internet, from call to finding', () => {
  it(
    'a replication instance of DMS is made public, and is deleted',
    async () => {
      const dms = new DatabaseMigrationService(settings);
      const made = await dms.createReplicationInstance({
        ...{ ReplicationInstanceIdentifier: 'path-open', PubliclyAccessible: true },
        ReplicationInstanceClass: 'dms.t3.medium',
      });
      const ReplicationInstanceArn = made.ReplicationInstance?.ReplicationInstanceArn ?? '';
      const wanted = { control: 'DMS.1', resource: ReplicationInstanceArn };
      const failed = await finding({ ...wanted, status: 'FAILED' });
      expect(told(failed, 'call')).toMatch(/\bdms:CreateReplicationInstance\b/);
      expect(told(failed, 'by')).toBe(alice);
      await dms.deleteReplicationInstance({ ReplicationInstanceArn });
      await finding({ ...wanted, recordState: 'ARCHIVED' });
    },
    pathMillis,
  );

  it(
    'an identity pool of Cognito admits guests, and no longer does',
    async () => {
      const cognito = new CognitoIdentity(settings);
      const pool = { IdentityPoolName: 'path-open' };
      const { IdentityPoolId = '' } = await cognito.createIdentityPool({
        ...{ ...pool, AllowUnauthenticatedIdentities: true },
      });
      const resource = `arn:aws:cognito-identity:${region}:${account}:identitypool/${IdentityPoolId}`;
      const wanted = { control: 'Cognito.2', resource };
      const failed = await finding({ ...wanted, status: 'FAILED' });
      expect(told(failed, 'call')).toMatch(/\bcognito-identity:CreateIdentityPool\b/);
      await cognito.updateIdentityPool({
        ...{ ...pool, IdentityPoolId, AllowUnauthenticatedIdentities: false },
      });
      await finding({ ...wanted, status: 'PASSED', workflow: 'RESOLVED' });
    },
    pathMillis,
  );

  it(
    'a notebook of SageMaker is made with direct access to the internet',
    async () => {
      const sagemaker = new SageMaker(settings);
      const NotebookInstanceName = 'path-open';
      const made = await sagemaker.createNotebookInstance({
        ...{ NotebookInstanceName, InstanceType: 'ml.t3.medium' },
        RoleArn: `arn:aws:iam::${account}:role/notebooks`,
      });
      const wanted = { control: 'SageMaker.1', resource: made.NotebookInstanceArn ?? '' };
      const failed = await finding({ ...wanted, status: 'FAILED' });
      expect(told(failed, 'call')).toMatch(/\bsagemaker:CreateNotebookInstance\b/);
      await sagemaker.stopNotebookInstance({ NotebookInstanceName });
      await sagemaker.deleteNotebookInstance({ NotebookInstanceName });
      await finding({ ...wanted, recordState: 'ARCHIVED' });
    },
    pathMillis,
  );

  it(
    'a launch configuration gives public addresses, and is deleted',
    async () => {
      const autoscaling = new AutoScaling(settings);
      const { Images: [image] = [] } = await as('alice').ec2.describeImages({ Owners: ['amazon'] });
      const LaunchConfigurationName = 'path-open';
      await autoscaling.createLaunchConfiguration({
        ...{ LaunchConfigurationName, ImageId: image?.ImageId, InstanceType: 't3.micro' },
        AssociatePublicIpAddress: true,
      });
      const { LaunchConfigurations: [made] = [] } = await autoscaling.describeLaunchConfigurations({
        LaunchConfigurationNames: [LaunchConfigurationName],
      });
      const wanted = {
        control: 'Autoscaling.5',
        resource: made?.LaunchConfigurationARN ?? '',
      };
      const failed = await finding({ ...wanted, status: 'FAILED' });
      expect(told(failed, 'call')).toMatch(/\bautoscaling:CreateLaunchConfiguration\b/);
      await autoscaling.deleteLaunchConfiguration({ LaunchConfigurationName });
      await finding({ ...wanted, recordState: 'ARCHIVED' });
    },
    pathMillis,
  );

  it(
    'Inspector no longer scans images, and scans them again',
    async () => {
      const inspector = new Inspector2(settings);
      const scan = { accountIds: [account], resourceTypes: ['ECR' as const] };
      const wanted = {
        control: 'Inspector.2',
        resource: `arn:aws:iam::${account}:root`,
        at: region,
      };
      await inspector.enable(scan);
      await finding({ ...wanted, status: 'PASSED' });
      await inspector.disable(scan);
      const failed = await finding({ ...wanted, status: 'FAILED' });
      expect(told(failed, 'call')).toMatch(/\binspector2:Disable\b/);
      await inspector.enable(scan);
      await finding({ ...wanted, status: 'PASSED', workflow: 'RESOLVED' });
    },
    pathMillis,
  );
});
