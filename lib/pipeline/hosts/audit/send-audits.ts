import type { SendCommandRequest } from '@aws-sdk/client-ssm';
import { attempted, sortError } from '../../../aws/errors.ts';
import { type HostAt, whereOf } from '../../../engine/changes/host-message.ts';
import { type Hosts, hostsAt } from '../hosts.ts';
import type { AuditDocument } from '../ports.ts';
import { type Version, versionOf } from '../sendable.ts';

/** How long a command waits for a host that is not online. */
const deliverySeconds = 3600;

interface Sendable extends Pick<HostAt, 'where'> {
  readonly document: AuditDocument;
  readonly version: Version;
}

const requestOf = (
  ids: readonly string[],
  { document: { name, areas }, version }: Sendable,
  { settings: { maxConcurrency, maxErrors }, parametersFor, runtime }: Hosts,
): SendCommandRequest => ({
  DocumentName: name,
  ...version,
  InstanceIds: [...ids],
  MaxConcurrency: maxConcurrency,
  MaxErrors: maxErrors,
  TimeoutSeconds: deliverySeconds,
  Comment: 'Plumbline audit',
  Parameters: { Areas: [areas.join(',')], Parameters: [parametersFor(areas, runtime.baseline)] },
});

/** Sends one document to hosts; where one of them is no node any more, to the halves, until it is alone. */
const send = async (ids: readonly string[], sent: Sendable, hosts: Hosts): Promise<void> => {
  const client = await hosts.ssm(whereOf(sent, hosts.runtime.place));
  const { name, hash, areas } = sent.document;
  const answer = await attempted(() => client.sendCommand(requestOf(ids, sent, hosts)));
  if ('failure' in answer) {
    if (sortError(answer.failure, { gone: ['InvalidInstanceId'] }).kind !== 'gone')
      throw answer.failure;
    const middle = Math.ceil(ids.length / 2);
    if (ids.length === 1) return;
    await send(ids.slice(0, middle), sent, hosts);
    await send(ids.slice(middle), sent, hosts);
    return;
  }
  const id = answer.value.Command?.CommandId ?? '';
  const version = sent.version.DocumentVersion;
  const { where } = sent;
  const command = { id, document: name, version, hash, areas, hosts: ids, ...(where && { where }) };
  await hosts.inventory.noteCommand(command, hosts.runtime.clock());
};

/**
 * Sends the audits of these areas, or of all, to hosts of one place. Nothing is sent before every document is known to be ours: what is tried
 * again is not sent twice.
 */
export const sendAudits = async (
  ids: readonly string[],
  known: Hosts,
  { where }: Pick<HostAt, 'where'>,
  areas?: readonly string[],
): Promise<number> => {
  if (ids.length === 0) return 0;
  const at = whereOf({ ...(where && { where }) }, known.runtime.place);
  const hosts = hostsAt(at, known);
  const wanted = hosts.documents.filter(
    (document) => areas === undefined || document.areas.some((area) => areas.includes(area)),
  );
  const client = await hosts.ssm(at);
  const all = await Promise.all(
    wanted.map(async (document) => ({
      document,
      version: await versionOf(document, client),
      ...(where && { where }),
    })),
  );
  for (const each of all) await send(ids, each, hosts);
  return ids.length;
};
