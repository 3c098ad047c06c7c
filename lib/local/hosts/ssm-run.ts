import { setTimeout as sleep } from 'node:timers/promises';
import type { EventBus } from '../events/event-bus.ts';
import { knowsVariables, type ManagedNode, type Nodes } from './fleet.ts';
import type { Command, Invocation, InvocationStatus, StepResult } from './ssm-commands.ts';
import {
  type DocumentStep,
  isForOthers,
  scriptOf,
  secondsOf,
  variablesOf,
} from './ssm-document.ts';

export interface RunnerOptions {
  readonly fleet: Nodes;
  readonly account: string;
  readonly region: string;
  readonly bus: EventBus;
}

/** Runs a command on its hosts: so many at once, and no further once more have failed than may. */
export const runCommand = async (command: Command, options: RunnerOptions): Promise<void> => {
  const waiting = [...command.invocations];
  let errors = 0;
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (errors > command.errorsAllowed) await end(next, 'Terminated', options);
      else if (!(await invoke(next, options))) errors += 1;
    }
  };
  await Promise.all(Array.from({ length: command.atOnce }, work));
};

/** Whether it succeeded. */
const invoke = async (invocation: Invocation, options: RunnerOptions): Promise<boolean> => {
  const node = await nodeOnline(invocation, options.fleet);
  if (!node) {
    await end(invocation, 'TimedOut', options, 'DeliveryTimedOut');
    return false;
  }
  invocation.startedAt = new Date();
  await change(invocation, 'InProgress', options);
  const steps: StepResult[] = [];
  for (const step of invocation.command.document.document.mainSteps) {
    steps.push(await runStep(step, node, invocation.command));
    invocation.steps = [...steps];
  }
  const failed = steps.find(({ status }) => status !== 'Success');
  const details = failed?.status === 'TimedOut' ? 'ExecutionTimedOut' : undefined;
  await end(invocation, failed?.status ?? 'Success', options, details);
  return failed === undefined;
};

/** A command waits for its host until it expires. */
const nodeOnline = async ({ command, instanceId }: Invocation, fleet: Nodes) => {
  while (new Date() < command.expiresAt) {
    const node = fleet.get(instanceId);
    if (!node) return undefined;
    if (node.host.isRunning()) return node;
    await sleep(100);
  }
  return undefined;
};

const runStep = async (
  step: DocumentStep,
  node: ManagedNode,
  { id, document: { document }, values }: Command,
): Promise<StepResult> => {
  const { name, action } = step;
  if (isForOthers(step)) return { name, status: 'Success', exitCode: 0, stdout: '', stderr: '' };
  if (action !== 'aws:runShellScript')
    return { name, status: 'Failed', exitCode: 1, stdout: '', stderr: `unknown action ${action}` };
  try {
    const { exitCode, timedOut, ...output } = await node.host.run(scriptOf(step, values), {
      commandId: id,
      step: name,
      environment: knowsVariables(node) ? variablesOf(document, values) : {},
      timeoutSeconds: secondsOf(step),
    });
    const status = timedOut ? 'TimedOut' : exitCode === 0 ? 'Success' : 'Failed';
    return { name, status, exitCode, ...output };
  } catch (error) {
    // The host went while it ran.
    return { name, status: 'Failed', exitCode: -1, stdout: '', stderr: String(error) };
  }
};

const end = async (
  invocation: Invocation,
  status: InvocationStatus,
  options: RunnerOptions,
  details?: string,
) => {
  invocation.endedAt = new Date();
  if (details !== undefined) invocation.details = details;
  await change(invocation, status, options);
};

// https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html
const change = async (
  invocation: Invocation,
  status: InvocationStatus,
  { bus, region, account }: RunnerOptions,
) => {
  invocation.status = status;
  const { command, instanceId } = invocation;
  await bus.emit(region, {
    Source: 'aws.ssm',
    DetailType: 'EC2 Command Invocation Status-change Notification',
    Time: Math.floor(Date.now() / 1000),
    Resources: [`arn:aws:ec2:${region}:${account}:instance/${instanceId}`],
    Detail: JSON.stringify({
      'command-id': command.id,
      'document-name': command.document.name,
      'instance-id': instanceId,
      'requested-date-time': command.requestedAt.toISOString(),
      status,
    }),
  });
};
