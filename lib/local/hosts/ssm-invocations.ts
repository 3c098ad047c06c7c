import type {
  GetCommandInvocationRequest,
  ListCommandInvocationsRequest,
} from '@aws-sdk/client-ssm';
import { Refusal } from '../security-hub/refusal.ts';
import type { Command, Invocation, StepResult } from './ssm-commands.ts';
import { pageOf } from './ssm-page.ts';

/** What ListCommandInvocations tells of a step's output, in characters. */
const listedOutput = 2500;

const isOver = ({ status }: Invocation) => status !== 'Pending' && status !== 'InProgress';

/** GetCommandInvocation: a host that has not begun has an invocation, with nothing to tell. */
export const getInvocation = (
  commands: ReadonlyMap<string, Command>,
  { CommandId = '', InstanceId = '', PluginName }: Partial<GetCommandInvocationRequest>,
) => {
  const invocation = commands
    .get(CommandId)
    ?.invocations.find(({ instanceId }) => instanceId === InstanceId);
  if (!invocation)
    throw new Refusal('InvocationDoesNotExist', 400, 'The command or the instance is not known.');
  const { command, steps, startedAt, endedAt, status } = invocation;
  const step = stepOf(command, steps, PluginName);
  return {
    CommandId,
    InstanceId,
    Comment: command.comment,
    DocumentName: command.document.name,
    DocumentVersion: command.document.version,
    PluginName: step?.name ?? command.document.document.mainSteps[0]?.name,
    // SSM says -1 as long as there is no code.
    ResponseCode: isOver(invocation) ? (step?.exitCode ?? -1) : -1,
    Status: status,
    StatusDetails: invocation.details ?? status,
    StandardOutputContent: step?.stdout ?? '',
    StandardErrorContent: step?.stderr ?? '',
    StandardOutputUrl: '',
    StandardErrorUrl: '',
    ExecutionStartDateTime: startedAt?.toISOString() ?? '',
    ExecutionEndDateTime: endedAt?.toISOString() ?? '',
    ExecutionElapsedTime: elapsed(startedAt, endedAt),
  };
};

const stepOf = (command: Command, steps: readonly StepResult[], wanted: string | undefined) => {
  const names = command.document.document.mainSteps.map(({ name }) => name);
  if (wanted === undefined ? names.length > 1 : !names.includes(wanted))
    throw new Refusal('InvalidPluginName', 400, 'The plugin name is not valid.');
  return steps.find(({ name }) => name === (wanted ?? names[0]));
};

const elapsed = (from: Date | undefined, to: Date | undefined) =>
  from && to ? `PT${((to.getTime() - from.getTime()) / 1000).toFixed(3)}S` : '';

/** ListCommandInvocations, newest first. */
export const listInvocations = (
  commands: ReadonlyMap<string, Command>,
  {
    CommandId,
    InstanceId,
    Details = false,
    MaxResults = 50,
    NextToken,
  }: ListCommandInvocationsRequest,
) => {
  const all = [...commands.values()].toReversed().flatMap(({ invocations }) => invocations);
  const found = all.filter(
    ({ command, instanceId }) =>
      (CommandId === undefined || command.id === CommandId) &&
      (InstanceId === undefined || instanceId === InstanceId),
  );
  const { items, next } = pageOf(found, MaxResults, 50, NextToken);
  return { CommandInvocations: items.map((each) => listed(each, Details)), ...next };
};

const listed = (invocation: Invocation, hasDetails: boolean) => ({
  CommandId: invocation.command.id,
  InstanceId: invocation.instanceId,
  Comment: invocation.command.comment,
  DocumentName: invocation.command.document.name,
  DocumentVersion: invocation.command.document.version,
  RequestedDateTime: invocation.command.requestedAt,
  Status: invocation.status,
  StatusDetails: invocation.details ?? invocation.status,
  CommandPlugins: hasDetails ? invocation.steps.map((step) => plugin(step, invocation)) : [],
});

const plugin = (
  { name, status, exitCode, stdout, stderr }: StepResult,
  { startedAt, endedAt }: Invocation,
) => ({
  Name: name,
  Status: status,
  StatusDetails: status,
  ResponseCode: exitCode,
  ResponseStartDateTime: startedAt,
  ResponseFinishDateTime: endedAt,
  Output: outputOf(stdout, stderr),
});

// The agent joins both and cuts what is left over.
const outputOf = (stdout: string, stderr: string) => {
  const both = stderr === '' ? stdout : `${stdout}\n----------ERROR-------\n${stderr}`;
  const sign = '\n---Output truncated---';
  return both.length < listedOutput ? both : both.slice(0, listedOutput - sign.length) + sign;
};
