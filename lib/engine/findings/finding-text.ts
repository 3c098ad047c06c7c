import type { Control, Evidence } from '../../model/control.ts';
import { standards } from '../../model/standards.ts';
import { canonicalJson } from '../../support/canonical-json.ts';
import { clip } from '../../support/clip.ts';
import type { Exemption } from '../baseline/exemption.ts';
import type { ControlRow, ResourceRow } from '../posture/row.ts';
import type { Priority } from './priority.ts';
import { whoFields } from './who.ts';

/** All that a finding says. */
export interface Told {
  readonly row: ResourceRow;
  readonly control: Control;
  readonly controlRow: ControlRow;
  readonly securityHubType: string;
  readonly arn: string;
  readonly priority: Priority;
  readonly exemption?: Exemption | undefined;
}

const shown = (value: unknown): string =>
  typeof value === 'string' ? value : canonicalJson(value);
const evidenceLine = ({ path, actual, expected }: Evidence): string =>
  `${path} is ${shown(actual)}, expected ${shown(expected)}`;

export const outcomeOf = ({ controlRow: { verdict } }: Told): string => {
  if (verdict.status === 'PASS') return 'Holds.';
  const proof = (verdict.evidence ?? []).slice(0, 3).map(evidenceLine).join('; ');
  const reason = `${verdict.status === 'UNKNOWN' ? 'Not known: ' : ''}${verdict.reason ?? ''}`;
  return proof === '' ? `${reason}.` : `${reason} (${proof}).`;
};

export const productFields = ({
  row,
  controlRow,
  priority,
  exemption,
}: Told): Record<string, string> => {
  const { verdict } = controlRow;
  const fields: Record<string, string | undefined> = {
    priority: priority.level,
    priorityWhy: priority.why,
    reason: verdict.reason,
    // A PASS needs no culprit.
    ...(verdict.status === 'FAIL' ? whoFields(controlRow) : {}),
    stack: row.tags['aws:cloudformation:stack-name'],
    logicalId: row.tags['aws:cloudformation:logical-id'],
    autoScalingGroup: row.tags['aws:autoscaling:groupName'],
    exemptionOwner: exemption?.owner,
    exemptionReason: exemption?.reason,
    exemptionExpires: exemption?.isOwn ? undefined : exemption?.expires,
    exemptionConfirmed: exemption && 'unconfirmed' in exemption ? 'no' : undefined,
    plan: verdict.status === 'FAIL' ? controlRow.plan?.text : undefined,
    action: controlRow.remediation?.action,
  };
  verdict.evidence?.slice(0, 10).forEach((one, index) => {
    fields[`evidence/${index + 1}`] = evidenceLine(one);
  });
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) =>
      value === undefined || value === '' ? [] : [[`plumbline/${key}`, clip(value, 1024)]],
    ),
  );
};

/** What is put right on an instance of an Auto Scaling group comes back with the next that the group launches. */
export const adviceOf = ({ control: { remediation }, row }: Told): string => {
  const group = row.tags['aws:autoscaling:groupName'];
  if (group === undefined) return clip(remediation.advice, 512);
  const owner = `Auto Scaling group ${group} launched it: put that group's image right as well.`;
  return `${clip(remediation.advice, 511 - owner.length)} ${owner}`;
};

// https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Compliance.html
const longestRequirement = 64;
/** A requirement with the title of its standard, or with the standard's id where that takes too much. */
const requirementText = (id: string, title: string, requirement: string): string => {
  const text = `${title}/${requirement}`;
  return text.length <= longestRequirement ? text : `${id}/${requirement}`;
};

export const relatedRequirements = (control: Control): string[] =>
  Object.entries(standards)
    .flatMap(([id, title]) =>
      Object.entries(control.standards).flatMap(([standard, requirements]) =>
        standard === id
          ? requirements.map((requirement) => requirementText(id, title, requirement))
          : [],
      ),
    )
    .concat(control.requirements ?? [])
    .slice(0, 32);
