import { EC2 } from '@aws-sdk/client-ec2';
import { expect, it } from '@jest/globals';
import { instanceStates } from '../../lib/local/hosts/instance-states.ts';
import { endpointForTests } from './endpoint/endpoint-for-tests.ts';

const aws = endpointForTests(({ bus }) => ({
  after: [instanceStates({ account: '123456789012', bus })],
}));

it('tells each state that an instance goes through', async () => {
  const ec2 = new EC2(aws.settings());
  const queue = await aws.queue();
  const { Instances = [] } = await ec2.runInstances({
    ImageId: 'ami-12c6146b',
    MinCount: 1,
    MaxCount: 1,
  });
  const InstanceIds = Instances.flatMap(({ InstanceId }) => InstanceId ?? []);
  await ec2.terminateInstances({ InstanceIds });
  const events = await queue.next(4);
  expect(events.map(({ detail }) => detail)).toEqual(
    ['pending', 'running', 'shutting-down', 'terminated'].map((state) => ({
      'instance-id': InstanceIds[0],
      state,
    })),
  );
  expect(events[0]).toMatchObject({
    source: 'aws.ec2',
    'detail-type': 'EC2 Instance State-change Notification',
    resources: [`arn:aws:ec2:us-east-1:123456789012:instance/${InstanceIds[0]}`],
  });
});
