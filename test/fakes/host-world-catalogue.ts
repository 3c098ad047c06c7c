import { createHash } from 'node:crypto';
import type { OnHost } from '../../lib/pipeline/hosts/host-controls.ts';
import type { AuditDocument } from '../../lib/pipeline/hosts/ports.ts';
import { canonicalJson } from '../../lib/support/canonical-json.ts';
import { account, region } from './fake-resource.ts';

// Three host controls in two areas, and what hosts print of them.

const row = (id: OnHost['id'], area: string, parameters: OnHost['parameters'] = {}): OnHost => ({
  id,
  area,
  parameters,
  title: `${id} should hold`,
  severity: 'MEDIUM',
  rationale: 'It matters.',
  requirements: [],
  advice: 'Put it right.',
});
export const hardening = 'Plumbline-HardenHost-ssh';
export const rows: readonly OnHost[] = [
  { ...row('PL.SSH.1', 'ssh'), fix: { document: hardening, risk: 'safe' } },
  {
    ...row('PL.SSH.6', 'ssh', { max: { default: 4 } }),
    fix: { document: hardening, risk: 'breaking' },
  },
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
/** As the stack knows a document. */
export const contentHash = (content: object): string =>
  createHash('sha256').update(canonicalJson(content)).digest('hex');
export const documents: readonly AuditDocument[] = ['ssh', 'kernel'].map((area) => ({
  name: nameOf(area),
  hash: hashOf(area),
  content: contentHash(contentOf(area)),
  areas: [area],
}));

/** What a host prints of an area: JSON as the document does, unless a test says otherwise. */
export type Prints = (area: string) => string | { readonly exitCode: number };
export const audited = (area: string, results: readonly object[], over: object = {}): string =>
  JSON.stringify({
    v: 1,
    document: hashOf(area),
    host: { os: 'debian', version: '12', tried: 'yes' },
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

const changeParameters: Readonly<Record<string, readonly string[]>> = {
  [hardening]: ['Controls', 'Parameters', 'DryRun', 'RollbackSeconds', 'Install'],
  'Plumbline-ConfirmHost': ['Id'],
  'Plumbline-RollbackHost': ['Id'],
};
/** Documents that change hosts, by name, as SSM keeps them. */
export const changeContents = new Map(
  Object.entries(changeParameters).map(([name, parameters]) => [
    name,
    {
      ...contentOf(name),
      parameters: Object.fromEntries(
        parameters.map((one) => [one, { type: 'String', interpolationType: 'ENV_VAR' }]),
      ),
    },
  ]),
);
export const changeDocuments = [...changeContents].map(([name, content]) => ({
  name,
  hash: hashOf(name),
  content: contentHash(content),
}));
/** What a host prints of a change. */
export const changed = (
  document: string,
  transaction: object,
  results: readonly object[] = [],
): string => JSON.stringify({ v: 1, document: hashOf(document), transaction, results });
