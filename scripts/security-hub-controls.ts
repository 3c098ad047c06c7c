import { readFileSync } from 'node:fs';
import type { StandardId, Standards } from '../lib/model/standards.ts';

/** What Security Hub says of a control that it has; long titles are in our words. */
export interface SecurityHubControl {
  readonly id: string;
  readonly title: string;
  /** Empty where its page names none. */
  readonly severity: string;
  readonly types: readonly string[];
  readonly standards: Standards;
}

/** Controls that ask the same of what Amazon has renamed, by their older ids: ours has the newer one and answers both. */
const renamed: Readonly<Record<string, string>> = {
  'ES.1': 'Opensearch.1',
  'ES.2': 'Opensearch.2',
  'ES.3': 'Opensearch.3',
  'ES.8': 'Opensearch.8',
};
/** Whether a control of Security Hub is answered by one of these. */
export const isAnsweredBy = (ours: ReadonlySet<string>, id: string): boolean =>
  ours.has(id) || ours.has(renamed[id] ?? '');

const columns: Readonly<Record<string, StandardId>> = {
  'cis1.4': 'cis-aws-1.4.0',
  cis3: 'cis-aws-3.0.0',
  cis5: 'cis-aws-5.0.0',
  nist: 'nist-800-53-r5',
  pci: 'pci-dss-4.0.1',
};

const controlOf = (row: ReadonlyMap<string, string>): SecurityHubControl => {
  const { id = '', title = '', severity = '', type = '', fsbp = '' } = Object.fromEntries(row);
  const requirements = Object.entries(columns).flatMap(([column, standard]) => {
    const listed = (row.get(column) ?? '').split(' ').filter((one) => one !== '');
    return listed.length === 0 ? [] : [[standard, listed.sort()] as const];
  });
  const standards = [...(fsbp === '' ? [] : [['fsbp-1.0.0', [id]] as const]), ...requirements];
  const types = type.split(', ').filter((one) => one !== '');
  return { id, title, severity, types, standards: Object.fromEntries(standards) };
};

/** The controls of security-hub-controls.tsv, after "Security Hub CSPM controls reference" of its user guide. */
export const securityHubControls = (): readonly SecurityHubControl[] => {
  const file = new URL('security-hub-controls.tsv', import.meta.url);
  const [head = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const names = head.split('\t');
  return lines.map((line) => {
    const fields = line.split('\t');
    return controlOf(new Map(names.map((name, index) => [name, fields[index] ?? ''])));
  });
};
