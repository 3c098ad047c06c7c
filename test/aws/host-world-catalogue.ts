import { createHash } from 'node:crypto';
import type { HostRow } from '../../lib/aws/hosts/create-hosts.ts';
import type { AuditDocument } from '../../lib/aws/hosts/hosts.ts';
import { canonicalJson } from '../../lib/engine/canonical-json.ts';
import { account, region } from './world.ts';

// Three host controls in two areas, and what hosts print of them.

const row = (id: HostRow['id'], area: string, parameters: HostRow['parameters'] = {}): HostRow => ({
  id,
  area,
  parameters,
  title: `${id} should hold`,
  severity: 'MEDIUM',
  rationale: 'It matters.',
  requirements: [],
  advice: 'Put it right.',
});
export const rows: readonly HostRow[] = [
  row('PL.SSH.1', 'ssh'),
  row('PL.SSH.6', 'ssh', { max: { default: 4 } }),
  row('PL.NET.1', 'kernel'),
];
export const instanceArn = (id: string) => `arn:aws:ec2:${region}:${account}:instance/${id}`;
const hashOf = (area: string) => createHash('sha256').update(area).digest('hex');

export const contentOf = (area: string) => ({
  schemaVersion: '2.2',
  description: area,
  parameters: Object.fromEntries(
    ['Areas', 'Parameters'].map((name) => [name, { type: 'String', interpolationType: 'ENV_VAR' }]),
  ),
  mainSteps: [{ action: 'aws:runShellScript', name: 'one', inputs: { runCommand: [area] } }],
});
export const nameOf = (area: string) => `Plumbline-AuditHost-${area}`;
const canonical = (area: string) =>
  createHash('sha256')
    .update(canonicalJson(contentOf(area)))
    .digest('hex');
export const documents: readonly AuditDocument[] = ['ssh', 'kernel'].map((area) => ({
  name: nameOf(area),
  hash: hashOf(area),
  content: canonical(area),
  areas: [area],
}));

/** What a host prints of an area: JSON as the document does, unless a test says otherwise. */
export type Prints = (area: string) => string | { readonly exitCode: number };
export const audited = (area: string, results: readonly object[], over: object = {}): string =>
  JSON.stringify({
    v: 1,
    document: hashOf(area),
    host: { debian: '12' },
    areas: [area],
    controls: 'all',
    results,
    ...over,
  });
const passing = (id: string) => ({ id, s: 'PASS', e: 'as it must be', p: true });
export const compliant: Prints = (area) =>
  audited(
    area,
    rows.flatMap((one) => (one.area === area ? [passing(one.id)] : [])),
  );
export const failing =
  (...ids: string[]): Prints =>
  (area) =>
    audited(
      area,
      rows.flatMap((one) => {
        if (one.area !== area) return [];
        const wrong = { id: one.id, s: 'FAIL', e: 'yes', p: false, why: 'somebody changed it' };
        return [ids.includes(one.id) ? wrong : passing(one.id)];
      }),
    );
