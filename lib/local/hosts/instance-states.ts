import { isRecord } from '../../support/untyped.ts';
import type { After } from '../endpoint/call.ts';
import type { EventBus } from '../events/event-bus.ts';

/** The states that an instance goes through when it is told to, and where the answer lists it. */
const courses: Readonly<Record<string, { list: string; states: readonly string[] }>> = {
  RunInstances: { list: 'Instances', states: ['pending', 'running'] },
  StartInstances: { list: 'StartingInstances', states: ['pending', 'running'] },
  StopInstances: { list: 'StoppingInstances', states: ['stopping', 'stopped'] },
  TerminateInstances: { list: 'TerminatingInstances', states: ['shutting-down', 'terminated'] },
};

/** EC2's own events, which moto does not send. */
export const instanceStates =
  ({ account, bus }: { account: string; bus: EventBus }): After =>
  async ({ service, operation, region }, _answer, output) => {
    const course = service === 'ec2' ? courses[operation] : undefined;
    if (!course || !isRecord(output)) return;
    for (const id of idsIn(output[course.list]))
      for (const state of course.states)
        await bus.emit(region, {
          Source: 'aws.ec2',
          DetailType: 'EC2 Instance State-change Notification',
          Time: Math.floor(Date.now() / 1000),
          Resources: [`arn:aws:ec2:${region}:${account}:instance/${id}`],
          Detail: JSON.stringify({ 'instance-id': id, state }),
        });
  };

const idsIn = (list: unknown): readonly string[] =>
  (Array.isArray(list) ? list : []).flatMap((each) =>
    isRecord(each) && typeof each['InstanceId'] === 'string' ? each['InstanceId'] : [],
  );
