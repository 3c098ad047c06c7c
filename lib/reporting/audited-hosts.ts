import type { Baseline } from '../engine/baseline/baseline.ts';
import type { ControlRow, ResourceRow } from '../engine/posture/row.ts';
import { controlOn, hostAnswers, type OnHost } from '../pipeline/hosts/host-controls.ts';
import { hostInstance } from '../pipeline/hosts/host-instance.ts';
import { sumOf } from '../reports/compliance/counts.ts';
import { createPostureRecord } from '../reports/compliance/posture-record.ts';
import type { Recorded } from '../reports/compliance/record.ts';
import { plural } from '../support/plural.ts';
import type { Installed } from './installed.ts';

/** An audit that somebody asked for, and what its hosts must answer. */
export interface AskedAudit {
  /** What was requested before this says nothing of it: ISO 8601. */
  readonly since: string;
  /** Ids of the controls that the documents evaluate which were sent. */
  readonly asked: ReadonlySet<string>;
}

/** What the documents evaluate that the baseline has sent. */
export const askedOf = (
  rows: readonly OnHost[],
  { hosts, controls }: Pick<Baseline, 'hosts' | 'controls'>,
): ReadonlySet<string> =>
  new Set(
    rows
      .filter(({ area, id }) => hosts?.areas.includes(area) && Object.hasOwn(controls, id))
      .map(({ id }) => id),
  );

/** Whether a host has answered all that it was asked. */
export const hasAnswered = (row: ResourceRow | undefined, { since, asked }: AskedAudit): boolean =>
  row !== undefined && [...asked].every((id) => (row.controls[id]?.readAt ?? '') >= since);

/** A host of which nothing is kept yet. */
export const unknownHost = (ref: ResourceRow['ref']): ResourceRow => ({
  type: hostInstance.type,
  ref,
  arn: hostInstance.arn?.(ref) ?? ref.id,
  version: 0,
  readAt: '',
  stampedAt: '',
  tags: {},
  controls: {},
});

/** A host by the audit alone: what it did not answer is unknown, and what failed before fails. */
export const asAudited = (row: ResourceRow, { since, asked }: AskedAudit): ResourceRow => {
  const ids = new Set([...Object.keys(row.controls), ...asked]);
  const known = [...ids].map((id): [string, ControlRow] => {
    const own = row.controls[id];
    if (own && (own.readAt >= since || own.verdict.status === 'FAIL')) return [id, own];
    const reason = `the host has not answered the audit of ${since}`;
    const unread = { since, firstSeenAt: since, readAt: own?.readAt ?? since };
    return [
      id,
      { episodes: 0, causes: [], ...unread, ...own, verdict: { status: 'UNKNOWN', reason } },
    ];
  });
  return { ...row, controls: Object.fromEntries(known) };
};

/** What hosts said of themselves, in the form of a saved scan. */
export const hostsRecord = (
  rows: Iterable<ResourceRow>,
  at: Date,
  controls: readonly OnHost[],
  { stack, account, plumbline, baseline }: Installed,
): Recorded | undefined => {
  const gathered = createPostureRecord({
    stack,
    account,
    plumbline,
    at,
    baseline,
    controls: [...controls.map(controlOn), hostAnswers],
  });
  for (const row of rows) gathered.add(row);
  return gathered.records().find((record) => record.account === account);
};

const withoutParts = ({ byRegion: _, byTags: __, ...scan }: Recorded): Recorded => scan;

/** A scan of the account with what its hosts said, as one. @param silent hosts that did not answer in whole */
export const withHostsIn = (
  scan: Recorded,
  hosts: Recorded,
  silent: readonly string[],
  gaps: readonly string[],
  // What hosts say is not in its counts by region and by tags.
): Recorded => ({
  ...withoutParts(scan),
  resources: scan.resources + hosts.resources,
  counts: sumOf([scan.counts, hosts.counts]),
  controls: { ...scan.controls, ...hosts.controls },
  systems: hosts.systems,
  results: [...scan.results, ...hosts.results],
  gaps: [
    ...(scan.gaps ?? []),
    ...gaps,
    ...(silent.length > 0
      ? [
          `${plural(silent.length, 'host')} did not answer in time: ${silent.slice(0, 10).join(', ')}${silent.length > 10 ? ` and ${silent.length - 10} more` : ''}.`,
        ]
      : []),
  ],
});
