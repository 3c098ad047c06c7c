import { exemptionOn } from '../../engine/baseline/exemption.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import type { Control } from '../../model/control.ts';
import { runAs } from '../../support/run-as.ts';
import type { Deployed } from '../deployed.ts';

/**
 * What `plumbline plan` plans together with a control and a fix of that control alone leaves as it is, in a sentence;
 * none where nothing else fails.
 */
export const leftAlone = (
  control: Control,
  row: ResourceRow,
  { controls, baseline }: Pick<Deployed, 'controls' | 'baseline'>,
): readonly string[] => {
  const { combined } = control.remediation;
  const isFailing = ({ id }: Control): boolean => {
    const subject = { controlId: id, arn: row.arn ?? row.ref.id, id: row.ref.id };
    const isExempt = exemptionOn(row, baseline, subject, new Date()) !== undefined;
    return row.controls[id]?.lastKnown === 'FAIL' && !isExempt;
  };
  const others = controls
    .filter((one) => one.id !== control.id && one.remediation.combined === combined)
    .filter((one) => combined !== undefined && baseline.controls[one.id] && isFailing(one))
    .map(({ id }) => id);
  if (others.length === 0) return [];
  return [
    `this fix is for ${control.id} alone: ${others.join(', ')} may still fail after it; ${runAs(`plan --resource ${row.ref.id}`)} shows one plan for all`,
  ];
};
