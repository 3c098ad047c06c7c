import { encode } from '../../engine/wire.ts';
import { sdkClients } from '../clients.ts';
import { engineFor } from '../create-engine.ts';
import type { Engine } from '../engine.ts';
import { documentsIn, required } from '../environment.ts';
import type { OnHost } from './controls.ts';
import { withHosts } from './create-hosts.ts';
import type { ChangeDocument, Hardening } from './hardening.ts';
import { createRegister } from './register.ts';

const createHardening = async (
  documents: readonly ChangeDocument[],
  rows: readonly OnHost[],
): Promise<Hardening> => {
  const region = required('AWS_REGION');
  const clients = sdkClients({ region });
  const [sqs, items] = await Promise.all([clients('sqs'), documentsIn(region)]);
  const send = async (QueueUrl: string, message: object, DelaySeconds = 0) => {
    const MessageBody = encode({ version: 1, ...message });
    await sqs.sendMessage({ QueueUrl, MessageBody, DelaySeconds });
  };
  return {
    documents,
    register: createRegister(items, required('POSTURE_TABLE')),
    ssm: () => clients('ssm'),
    audit: (step, delaySeconds) => send(required('AUDITS_QUEUE_URL'), step, delaySeconds),
    tell: (news, delaySeconds) => send(required('HOST_RESULTS_QUEUE_URL'), news, delaySeconds),
    areaOf: (control) => rows.find(({ id }) => id === control)?.area,
  };
};

const create = async (functionArn: string, rows: readonly OnHost[]): Promise<Engine> => {
  const engine = await engineFor(functionArn);
  const { CHANGE_DOCUMENTS: documents } = process.env;
  if (!engine.remedies || documents === undefined) return engine;
  const hardening = await createHardening(JSON.parse(documents), rows);
  return withHosts({ ...engine, remedies: { ...engine.remedies, hardening } }, rows);
};

let created: Promise<Engine> | undefined;

/** The engine of the function that acts: it knows hosts where the stack changes them. One for each process. */
export const hardeningEngineFor = (
  functionArn: string,
  rows: readonly OnHost[],
): Promise<Engine> => {
  created ??= create(functionArn, rows).catch((error: unknown) => {
    created = undefined;
    throw error;
  });
  return created;
};
