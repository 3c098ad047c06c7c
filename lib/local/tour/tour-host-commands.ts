import { setTimeout as sleep } from 'node:timers/promises';
import type { SSM } from '@aws-sdk/client-ssm';
import { asRecord, list, text } from '../../support/untyped.ts';
import { decode } from '../../support/wire.ts';

/** What a document of the hardening was sent as. */
export interface Sending {
  readonly document: string;
  readonly version: string;
  readonly sha256: string;
}
/** What became of it. */
export interface Answer {
  /** The command's id, which is also the transaction's. */
  readonly id: string;
  /** `applied`, `confirmed`, `refused` and so on. */
  readonly outcome: string;
  readonly reason: string;
  readonly changed: readonly string[];
  readonly refused: readonly { readonly control: string; readonly why: string }[];
}

/** The newest version of a document, as SendCommand is to find it. */
export const sendingOf = async (ssm: SSM, document: string): Promise<Sending> => {
  const { Document } = await ssm.describeDocument({ Name: document, DocumentVersion: '$LATEST' });
  const { LatestVersion = '', Hash = '' } = Document ?? {};
  return { document, version: Document?.DocumentVersion ?? LatestVersion, sha256: Hash };
};

/** Sends it to a host, by version and hash, and waits for what the host prints. */
export const send = async (
  ssm: SSM,
  { document, version, sha256 }: Sending,
  instanceId: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Answer> => {
  const { Command } = await ssm.sendCommand({
    DocumentName: document,
    DocumentVersion: version,
    DocumentHash: sha256,
    DocumentHashType: 'Sha256',
    InstanceIds: [instanceId],
    Parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, [value]]),
    ),
  });
  const id = Command?.CommandId ?? '';
  const asked = { CommandId: id, InstanceId: instanceId };
  for (;;) {
    const { Status = '', ...printed } = await ssm.getCommandInvocation(asked);
    if (!/^(Pending|InProgress|Delayed)$/.test(Status))
      return { id, ...answerIn(printed.StandardOutputContent, printed.StandardErrorContent) };
    // It is not this that keeps a process waiting which is to end.
    await sleep(100, undefined, { ref: false });
  }
};

const answerIn = (stdout = '', stderr = ''): Omit<Answer, 'id'> => {
  const said = asRecord(decode(stdout));
  const { outcome, reason } = asRecord(said['transaction']);
  const results = list(said['results']).map(asRecord);
  const ids = (wanted: string) =>
    results.flatMap(({ id, o }) => (o === wanted && typeof id === 'string' ? [id] : []));
  return {
    outcome: text(outcome) ?? 'failed',
    reason: text(reason) ?? text(said['error']) ?? stderr.trim().split('\n').at(-1) ?? '',
    changed: ids('changed'),
    refused: results
      .filter(({ o }) => o === 'refused' || o === 'ineffective')
      .map(({ id, why }) => ({ control: String(id), why: text(why) ?? '' })),
  };
};
