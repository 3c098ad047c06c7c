import { randomUUID } from 'node:crypto';
import type { SendCommandRequest, SSM } from '@aws-sdk/client-ssm';
import { Refusal } from '../security-hub/refusal.ts';
import type { Nodes } from './fleet.ts';
import { type DocumentVersion, documentVersion, type Values, valuesOf } from './ssm-document.ts';

export interface StepResult {
  readonly name: string;
  readonly status: InvocationStatus;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}
export type InvocationStatus =
  | 'Pending'
  | 'InProgress'
  | 'Success'
  | 'Failed'
  | 'TimedOut'
  | 'Terminated';

/** A command on one host. */
export interface Invocation {
  readonly command: Command;
  readonly instanceId: string;
  status: InvocationStatus;
  /** `ExecutionTimedOut` and the like, where it says more than the status. */
  details?: string;
  startedAt?: Date;
  endedAt?: Date;
  steps: readonly StepResult[];
}
export interface Command {
  readonly id: string;
  readonly document: DocumentVersion;
  readonly values: Values;
  readonly given: Values;
  readonly comment: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly atOnce: number;
  readonly errorsAllowed: number;
  readonly invocations: readonly Invocation[];
}

const refused = (code: string, message: string) => new Refusal(code, 400, message);
const validation = (message: string) => refused('ValidationException', message);

// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html
const mostIds = 50;
const longestComment = 100;
const presetTimeout = 3600;
const presetConcurrency = '50';

/** What was sent: nothing says that it is all there. */
type Request = Partial<SendCommandRequest>;

/** A command as SendCommand makes it, before any host has it. */
export const commandOf = async (
  request: Request,
  { fleet, ssm, account }: { fleet: Nodes; ssm: SSM; account: string },
): Promise<Command> => {
  const { DocumentName = '', DocumentHash, Parameters = {}, Comment = '' } = request;
  if (Comment.length > longestComment) throw validation('Comment is longer than 100 characters');
  const document = await documentVersion(ssm, DocumentName, request.DocumentVersion);
  if (DocumentHash !== undefined && !isHashOf(document, request))
    throw refused('InvalidDocument', 'The document hash does not match the document.');
  const given = Object.fromEntries(
    Object.entries(Parameters).map(([name, values]) => [name, values ?? []]),
  );
  const values = valuesOf(document.document, given);
  const ids = idsOf(request, fleet, account);
  const seconds = request.TimeoutSeconds ?? presetTimeout;
  if (seconds < 30 || seconds > 2_592_000)
    throw validation(`TimeoutSeconds is from 30 to 2592000, not ${seconds}`);
  const requestedAt = new Date();
  const invocations: Invocation[] = [];
  const command: Command = {
    id: randomUUID(),
    document,
    values,
    given,
    comment: Comment,
    requestedAt,
    expiresAt: new Date(requestedAt.getTime() + seconds * 1000),
    atOnce: Math.max(
      1,
      countOf('MaxConcurrency', request.MaxConcurrency ?? presetConcurrency, ids.length),
    ),
    errorsAllowed: countOf('MaxErrors', request.MaxErrors ?? '0', ids.length),
    invocations,
  };
  for (const instanceId of ids)
    invocations.push({ command, instanceId, status: 'Pending', steps: [] });
  return command;
};

const isHashOf = ({ sha256 }: DocumentVersion, { DocumentHash, DocumentHashType }: Request) =>
  (DocumentHashType ?? 'Sha256') === 'Sha256' && DocumentHash === sha256;

const idsOf = (request: Request, fleet: Nodes, account: string): readonly string[] => {
  const ids = request.InstanceIds ?? targeted(request, fleet);
  if (ids.length > mostIds)
    throw validation(`InstanceIds has ${ids.length} items, allowed are at most ${mostIds}`);
  if (new Set(ids).size < ids.length) throw refused('DuplicateInstanceId', 'an id is there twice');
  const unknown = ids.filter((id) => !fleet.get(id));
  if (unknown.length > 0 || ids.length === 0)
    throw refused(
      'InvalidInstanceId',
      `Instances [[${unknown.join(', ')}]] not in a valid state for account ${account}`,
    );
  return ids;
};

const targeted = ({ Targets = [] }: Request, fleet: Nodes) => {
  const other = Targets.find(({ Key }) => Key !== 'InstanceIds');
  if (other) throw refused('InvalidTarget', `the local agent knows no target ${other.Key}`);
  const wanted = Targets.flatMap(({ Values = [] }) => Values);
  return fleet
    .all()
    .flatMap(({ host }) => (wanted.includes(host.instanceId) ? host.instanceId : []));
};

/** A number, or a share of all in percent. */
const countOf = (name: string, text: string, all: number): number => {
  const [, number, percent] = /^([1-9]\d{0,6}|0)$|^([1-9]\d?|0|100)%$/.exec(text) ?? [];
  if (number !== undefined) return Number(number);
  if (percent !== undefined) return Math.floor((all * Number(percent)) / 100);
  throw validation(`${name} is a number or a percentage, not ${text}`);
};
