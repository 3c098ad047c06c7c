import type { ComplianceItemEntry } from '@aws-sdk/client-ssm';
import { sorting } from '../../../aws/errors.ts';
import { conflict, retryOnConflict } from '../../../aws/stores/retry-on-conflict.ts';
import type { ControlRow, ResourceRow } from '../../../engine/posture/row.ts';
import type { Control } from '../../../model/control.ts';
import { clip } from '../../../support/clip.ts';
import type { Hosts } from '../hosts.ts';

const itemOf = (control: Control, { verdict }: ControlRow): readonly ComplianceItemEntry[] => {
  if (verdict.status === 'NOT_APPLICABLE') return [];
  return [
    {
      Id: control.id,
      Title: clip(control.title, 500),
      // SSM has no word for what is not known: it is no compliance, and of no severity.
      Severity: verdict.status === 'UNKNOWN' ? 'UNSPECIFIED' : control.severity,
      Status: verdict.status === 'PASS' ? 'COMPLIANT' : 'NON_COMPLIANT',
      Details: { Verdict: verdict.status },
    },
  ];
};

const put = async (
  { ref, readAt, controls: rows }: ResourceRow,
  controls: readonly Control[],
  { ssm, runtime }: Hosts,
): Promise<void> => {
  const client = await ssm(ref);
  const items = controls.flatMap((control) => {
    const row = runtime.baseline.controls[control.id] && rows[control.id];
    return row ? itemOf(control, row) : [];
  });
  // A host that is no node any more has nothing to be told of.
  await sorting({ gone: ['InvalidResourceId'] }, () =>
    client.putComplianceItems({
      ResourceId: ref.id,
      ResourceType: 'ManagedInstance',
      ComplianceType: 'Custom:Plumbline',
      ExecutionSummary: { ExecutionTime: new Date(readAt), ExecutionType: 'Command' },
      Items: items,
    }),
  );
};

/**
 * Tells SSM what a host's row says, all of it: what is put replaces the type's items, of whichever area. Told again
 * where the row has been written meanwhile, or a slow writer would put an old word in place of a new one.
 */
export const tellCompliance = (
  key: string,
  controls: readonly Control[],
  hosts: Hosts,
): Promise<void> => {
  let told: number | undefined;
  return retryOnConflict(`compliance ${key}`, hosts.runtime.posture.turns, async () => {
    const row = (await hosts.runtime.posture.read([key])).get(key);
    if (!row || row.goneAt !== undefined || row.version === told) return undefined;
    await put(row, controls, hosts);
    told = row.version;
    return conflict;
  });
};
