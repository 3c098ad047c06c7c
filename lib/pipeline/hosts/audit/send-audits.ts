import type { SendCommandRequest } from '@aws-sdk/client-ssm';
import { sorting } from '../../../aws/errors.ts';
import type { Hosts } from '../hosts.ts';
import type { AuditDocument } from '../ports.ts';
import { type Version, versionOf } from '../sendable.ts';

/** How long a command waits for a host that is not online. */
const deliverySeconds = 3600;

interface Sendable {
  readonly document: AuditDocument;
  readonly version: Version;
}

const requestOf = (
  ids: readonly string[],
  { document: { name, areas }, version }: Sendable,
  { settings: { maxConcurrency, maxErrors }, parametersFor }: Hosts,
): SendCommandRequest => ({
  DocumentName: name,
  ...version,
  InstanceIds: [...ids],
  MaxConcurrency: maxConcurrency,
  MaxErrors: maxErrors,
  TimeoutSeconds: deliverySeconds,
  Comment: 'Plumbline audit',
  Parameters: { Areas: [areas.join(',')], Parameters: [parametersFor(areas)] },
});

/** Sends one document to hosts; where one of them is no node any more, to the halves, until it is alone. */
const send = async (ids: readonly string[], sent: Sendable, hosts: Hosts): Promise<void> => {
  const client = await hosts.ssm();
  const { name, hash, areas } = sent.document;
  const answer = await sorting({ gone: ['InvalidInstanceId'] }, () =>
    client.sendCommand(requestOf(ids, sent, hosts)),
  );
  if (answer.kind === 'gone') {
    const middle = Math.ceil(ids.length / 2);
    if (ids.length === 1) return;
    await send(ids.slice(0, middle), sent, hosts);
    await send(ids.slice(middle), sent, hosts);
    return;
  }
  if (answer.kind !== 'value') throw new Error(`${name} could not be sent: ${answer.kind}`);
  const id = answer.value.Command?.CommandId ?? '';
  const version = sent.version.DocumentVersion;
  const command = { id, document: name, version, hash, areas, hosts: ids };
  await hosts.inventory.noteCommand(command, hosts.runtime.clock());
};

/**
 * Sends the audits of these areas, or of all. Nothing is sent before every document is known to be ours: what is tried
 * again is not sent twice.
 */
export const sendAudits = async (
  ids: readonly string[],
  hosts: Hosts,
  areas?: readonly string[],
): Promise<number> => {
  if (ids.length === 0) return 0;
  const wanted = hosts.documents.filter(
    (document) => areas === undefined || document.areas.some((area) => areas.includes(area)),
  );
  const client = await hosts.ssm();
  const all = await Promise.all(
    wanted.map(async (document) => ({ document, version: await versionOf(document, client) })),
  );
  for (const each of all) await send(ids, each, hosts);
  return ids.length;
};
