import { encode } from '../../engine/wire.ts';
import { sdkClients } from '../clients.ts';
import { engineFor } from '../create-engine.ts';
import type { Engine } from '../engine.ts';
import { documentsIn, required } from '../environment.ts';
import { controlOn, hostAnswers, type OnHost } from './controls.ts';
import { differing } from './harden-plan.ts';
import { hostInstance } from './host-instance.ts';
import type { AuditDocument, Hosts } from './hosts.ts';
import { createRegister } from './register.ts';
import { withTold } from './told-by-hosts.ts';

/** No sweep reads a host: what is due of it comes with its next audit. */
const neverDue = '9999-12-31T23:59:59.999Z';

/** The engine, which knows hosts as well; whether they answer is always judged. */
export const withHosts = (engine: Engine, rows: readonly OnHost[]): Engine => {
  const controls = [...rows.map(controlOn), hostAnswers];
  const always = { mode: 'observe', backlog: false, risk: 'safe', parameters: {} } as const;
  return {
    ...engine,
    baseline: {
      ...engine.baseline,
      controls: { [hostAnswers.id]: always, ...engine.baseline.controls },
    },
    types: [...engine.types, hostInstance],
    reader: () => withTold(engine.reader(), engine.posture),
    posture: {
      ...engine.posture,
      write: (key, before, row) => engine.posture.write(key, before, row, neverDue),
    },
    controlsOf: async (type) => (type === hostInstance.type ? controls : engine.controlsOf(type)),
  };
};

/** What the baseline sets otherwise than the documents do. */
export const parametersOf = (
  rows: readonly OnHost[],
  { controls }: Engine['baseline'],
  areas: readonly string[],
): string => {
  const settings = rows
    .filter(({ area }) => areas.includes(area))
    .flatMap((row) => differing(row, controls[row.id]?.parameters));
  return settings.length === 0 ? 'none' : settings.join(' ');
};

const create = async (functionArn: string, rows: readonly OnHost[]): Promise<Hosts> => {
  const region = required('AWS_REGION');
  const clients = sdkClients({ region });
  const [engine, sqs, items] = await Promise.all([
    engineFor(functionArn),
    clients('sqs'),
    documentsIn(region),
  ]);
  const { hosts: settings } = engine.baseline;
  if (!settings) throw new Error('the baseline has no hosts: deploy the stack again');
  const audits = required('AUDITS_QUEUE_URL');
  const results = required('HOST_RESULTS_QUEUE_URL');
  const send = async (QueueUrl: string, message: object, DelaySeconds = 0) => {
    const MessageBody = encode({ version: 1, ...message });
    await sqs.sendMessage({ QueueUrl, MessageBody, DelaySeconds });
  };
  const documents: readonly AuditDocument[] = JSON.parse(required('AUDIT_DOCUMENTS'));
  const known = withHosts(engine, rows);
  return {
    engine: {
      ...known,
      queues: {
        ...engine.queues,
        retry: async (arn, ReceiptHandle, VisibilityTimeout) => {
          const QueueUrl = [audits, results].find((url) =>
            url.endsWith(`/${arn.split(':').at(-1)}`),
          );
          await sqs.changeMessageVisibility({ QueueUrl, ReceiptHandle, VisibilityTimeout });
        },
      },
    },
    settings,
    documents,
    controls: rows,
    parametersFor: (areas) => parametersOf(rows, engine.baseline, areas),
    register: createRegister(items, required('POSTURE_TABLE')),
    ssm: () => clients('ssm'),
    audit: (step, delaySeconds) => send(audits, step, delaySeconds),
    tell: (news, delaySeconds) => send(results, news, delaySeconds),
  };
};

let created: Promise<Hosts> | undefined;

/** One for each process, as the engine is. */
export const hostsFor = (functionArn: string, rows: readonly OnHost[]): Promise<Hosts> => {
  created ??= create(functionArn, rows).catch((error: unknown) => {
    created = undefined;
    throw error;
  });
  return created;
};
