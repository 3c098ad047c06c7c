import { createHash } from 'node:crypto';
import type { SendCommandRequest } from '@aws-sdk/client-ssm';
import { canonicalJson } from '../../engine/canonical-json.ts';
import { decode } from '../../engine/wire.ts';
import { sorting } from '../errors.ts';
import type { AuditDocument, Hosts } from './hosts.ts';

/** How long a command waits for a host that is not online. */
const deliverySeconds = 3600;

interface Sendable {
  readonly document: AuditDocument;
  readonly DocumentVersion: string;
  readonly DocumentHash: string;
}

/** The newest version of a document with the hash that SSM gives it; only where it says what we deployed. */
const sendable = async (document: AuditDocument, { ssm }: Hosts): Promise<Sendable> => {
  const { name, content } = document;
  const client = await ssm();
  const asked = { Name: name, DocumentVersion: '$LATEST' };
  const kept = await client.getDocument(asked);
  const found = createHash('sha256')
    .update(canonicalJson(decode(kept.Content ?? '')))
    .digest('hex');
  if (found !== content)
    throw new Error(`${name} is not as it was deployed: no host is asked with it`);
  const DocumentVersion = kept.DocumentVersion ?? '';
  const { Document } = await client.describeDocument({ Name: name, DocumentVersion });
  return { document, DocumentVersion, DocumentHash: Document?.Hash ?? '' };
};

const requestOf = (
  ids: readonly string[],
  { document: { name, areas }, ...version }: Sendable,
  { settings: { maxConcurrency, maxErrors }, parametersFor }: Hosts,
): SendCommandRequest => ({
  DocumentName: name,
  ...version,
  DocumentHashType: 'Sha256',
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
  const command = { id, document: name, version: sent.DocumentVersion, hash, areas, hosts: ids };
  await hosts.register.noteCommand(command, hosts.engine.clock());
};

/** Nothing is sent before every document is known to be ours: what is tried again is not sent twice. */
export const sendAudits = async (ids: readonly string[], hosts: Hosts): Promise<number> => {
  if (ids.length === 0) return 0;
  const all = await Promise.all(hosts.documents.map((document) => sendable(document, hosts)));
  for (const each of all) await send(ids, each, hosts);
  return ids.length;
};
